/// `GET /reporting/sales/export`: every matching sale as a CSV file.
enum SalesExport {
    private enum Format: String {
        case detailed, summary, products
    }

    @Sendable
    static func run(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        let query = call.query
        let name = query["format"] ?? "detailed"
        let range = try DayRange(query, hint: "")
        guard let format = Format(rawValue: name) else { return Self.unknownFormat(name, now: call.now) }
        let dateField = query["dateField"] ?? "createdAt"
        let field = SaleField(rawValue: dateField)
        if format != .products, !range.isUnbounded, [.boolean, .id].contains(field?.kind) {
            throw .invalidID(isDangerous: true)
        }
        let hasIDs = query.nonEmpty("customerId") != nil || query.nonEmpty("sellerId") != nil
        let sales: [Sale]
        if format == .products && hasIDs {
            // The original compares ids with texts here, which finds nothing.
            sales = []
        } else {
            let filter = try SaleFilter(
                query, range: range, dateField: field?.kind == .date ? field ?? .createdAt : .version,
                isDangerous: true)
            sales = store.sales.rows.reversed().filter { filter.matches($0) }
        }
        let body =
            switch format {
            case .detailed: Self.detailed(sales, store)
            case .summary: Self.summary(sales, store)
            case .products: Self.products(sales, store)
            }
        return Reply(
            contentType: "text/csv", headers: [Self.disposition(name, call.now)], body: body, isTagged: false)
    }

    /// A JSON error in a file's clothes, as the original sends it.
    private static func unknownFormat(_ name: String, now: Timestamp) -> Reply {
        var reply = Reply.error(
            .badRequest("Invalid format. Use: detailed, summary, or products"), now: now)
        reply.contentType = "text/csv; charset=utf-8"
        reply.headers.append(self.disposition(name.filter { $0.isASCII && $0.isLetter }, now))
        return reply
    }

    private static func disposition(_ format: String, _ now: Timestamp) -> (name: String, value: String) {
        let time = String(now.description.map { $0 == ":" || $0 == "." ? "-" : $0 })
        return ("Content-Disposition", "attachment; filename=\"bitetrack-sales-\(format)-\(time).csv\"")
    }

    private static func detailed(_ sales: [Sale], _ store: Store) -> [UInt8] {
        var text = CSVText(header: [
            "Sale ID", "Date", "Time", "Customer Name", "Customer Email", "Seller Name", "Product Name", "Quantity",
            "Unit Price", "Line Total", "Sale Total", "Amount Paid", "Balance Due", "Settled",
        ])
        for sale in sales {
            let head = Self.head(of: sale, store)
            for line in sale.lines {
                text.append(
                    head + [
                        store.products[line.productID]?.productName ?? "Unknown Product", String(line.quantity),
                        JSNumber.fixed2(line.priceAtSale), JSNumber.fixed2(line.amount),
                        JSNumber.fixed2(sale.totalAmount),
                    ] + Self.tail(of: sale))
            }
        }
        return text.bytes
    }

    private static func summary(_ sales: [Sale], _ store: Store) -> [UInt8] {
        var text = CSVText(header: [
            "Sale ID", "Date", "Time", "Customer Name", "Customer Email", "Seller Name", "Items Count", "Total Amount",
            "Amount Paid", "Balance Due", "Settled",
        ])
        for sale in sales {
            text.append(
                Self.head(of: sale, store) + [String(sale.lines.count), JSNumber.fixed2(sale.totalAmount)]
                    + Self.tail(of: sale))
        }
        return text.bytes
    }

    private static func head(of sale: Sale, _ store: Store) -> [String] {
        let customer = store.customers[sale.customerID]
        let seller = store.sellers[sale.sellerID]
        return [
            sale.id.description, sale.createdAt.dayText, sale.createdAt.timeText,
            customer?.name ?? "Unknown Customer", customer.map { $0.email ?? "" } ?? "N/A",
            seller.map { "\($0.firstName) \($0.lastName)" } ?? "Unknown Seller",
        ]
    }

    private static func tail(of sale: Sale) -> [String] {
        [
            JSNumber.fixed2(sale.amountPaid), JSNumber.fixed2(sale.totalAmount - sale.amountPaid),
            sale.settled ? "Yes" : "No",
        ]
    }

    private struct ProductTotals {
        var quantity = 0
        var lines = 0
        var revenue = CompensatedSum()
        var prices = CompensatedSum()
        var lowest = Double.infinity
        var highest = -Double.infinity
    }

    private static func products(_ sales: [Sale], _ store: Store) -> [UInt8] {
        var groups = OrderedGroups<ObjectID, ProductTotals>()
        for line in sales.lazy.flatMap(\.lines) {
            groups.update(line.productID, initial: ProductTotals()) {
                $0.quantity += line.quantity
                $0.lines += 1
                $0.revenue.add(line.amount)
                $0.prices.add(line.priceAtSale)
                $0.lowest = min($0.lowest, line.priceAtSale)
                $0.highest = max($0.highest, line.priceAtSale)
            }
        }
        var text = CSVText(header: [
            "Product Name", "Current Price", "Total Quantity Sold", "Number of Sales", "Total Revenue",
            "Average Sale Price", "Minimum Sale Price", "Maximum Sale Price", "Revenue per Unit",
        ])
        for (id, totals) in groups.groups.sortedDescending(by: { $0.value.revenue.value }) {
            // Deleted products drop out where their name is looked up.
            guard let product = store.products[id] else { continue }
            let revenue = totals.revenue.value
            text.append([
                product.productName, JSNumber.fixed2(product.price), String(totals.quantity), String(totals.lines),
                JSNumber.fixed2(revenue), JSNumber.fixed2(totals.prices.value / Double(totals.lines)),
                JSNumber.fixed2(totals.lowest), JSNumber.fixed2(totals.highest),
                JSNumber.fixed2(revenue / Double(totals.quantity)),
            ])
        }
        return text.bytes
    }
}
