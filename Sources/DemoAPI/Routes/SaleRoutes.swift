import JSON
import NIOHTTP1

/// `/sales`: list, read, sell, settle.
enum SaleRoutes {
    static let all = [
        Route(.GET, "/sales", .sellers, Self.list),
        Route(.POST, "/sales", .sellers, Self.create),
        Route(.POST, "/sales/import", .sellers, SaleImport.run),
        Route(.GET, "/sales/:id", .sellers, Self.read),
        Route(.PATCH, "/sales/:id/settle", .sellers, Self.settle),
    ]

    @Sendable
    private static func list(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        let query = call.query
        let page = try Page(query, defaultLimit: 50)
        let range = try DayRange(query, hint: DayRange.longHint)
        let dateField = query["dateField"] ?? "createdAt"
        if !range.isUnbounded, dateField != "createdAt", dateField != "updatedAt" {
            throw .badRequest("Invalid dateField. Must be \"createdAt\" or \"updatedAt\"")
        }
        let sort = try SaleSort(query["sort"] ?? "-createdAt")
        let filter = try SaleFilter(query, range: range, dateField: SaleField(rawValue: dateField) ?? .createdAt)
        let positions = filter.positions(in: store.sales.rows)
        let rendering = SaleRendering.list(store)
        return .object {
            $0.member("sales", array: page.slice(sort.apply(to: positions, of: store.sales.rows))) { position, text in
                rendering.render(rendering.store.sales.rows[position], into: &text)
            }
            page.render(totalKey: "totalSales", total: positions.count, into: &$0)
            $0.member("filters") {
                $0.member("customerId", query.nonEmpty("customerId"))
                $0.member("sellerId", query.nonEmpty("sellerId"))
                $0.member("settled", query["settled"])
                $0.member("dateRange") {
                    $0.member("startDate", query.nonEmpty("startDate"))
                    $0.member("endDate", query.nonEmpty("endDate"))
                    $0.member("dateField", dateField)
                }
                $0.member("sort", query["sort"] ?? "-createdAt")
            }
        }
    }

    @Sendable
    private static func read(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        guard let sale = store.sales[try call.id(orThrow: .invalidID())] else { throw .notFound("Sale not found") }
        return .json(sale)
    }

    // MARK: Selling

    @Sendable
    private static func create(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        let order = try SaleOrder(call.body)
        guard let customerID = ObjectID(order.customerID) else { throw .invalidID() }
        guard store.customers[customerID] != nil else { throw .notFound("Customer not found") }
        var stock: [ObjectID: Int] = [:]
        var lines: [SaleLine] = []
        for item in order.items {
            guard let productID = ObjectID(item.productID) else { throw .invalidID() }
            guard let product = store.products[productID] else {
                throw .notFound("Product \(item.productID) not found")
            }
            let available = stock[productID] ?? product.count
            guard available >= item.quantity else {
                throw .badRequest(
                    "Insufficient inventory for \(product.productName). "
                        + "Available: \(available), Requested: \(item.quantity)")
            }
            stock[productID] = available - item.quantity
            lines.append(
                SaleLine(
                    id: store.ids.next(at: call.now), productID: productID, quantity: item.quantity,
                    priceAtSale: product.price))
        }
        // Nothing was changed so far, so a refused order leaves no trace.
        for (productID, count) in stock {
            store.products.update(productID) {
                $0.count = count
                $0.updatedAt = call.now
            }
        }
        let sale = Sale(
            id: store.ids.next(at: call.now), customerID: customerID, sellerID: try call.requireCaller().id,
            lines: lines, amountPaid: order.amountPaid, createdAt: call.now)
        store.sales.append(sale)
        store.customers.update(customerID) {
            $0.lastTransaction = call.now
            $0.updatedAt = call.now
        }
        return .json(sale, status: 201)
    }

    // MARK: Settling

    @Sendable
    private static func settle(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        var validation = Validation()
        let amount = call.body["amountPaid"]
        validation.require(
            "amountPaid", "Amount paid must be non-negative", amount == nil || amount?.number(min: 0) != nil)
        try validation.finish()
        let id = try call.id(orThrow: .invalidID())
        guard let current = store.sales[id] else { throw .notFound("Sale not found") }
        guard !current.settled else { throw .badRequest("Sale is already settled") }
        let changed = store.sales.update(id) {
            // The amount replaces what was paid before; without one the sale is paid in full.
            $0.amountPaid = amount?.number(min: 0) ?? $0.totalAmount
            $0.settled = $0.amountPaid >= $0.totalAmount
            if $0.settled { $0.settledAt = call.now }
            $0.updatedAt = call.now
        }
        return .json(changed ?? current)
    }
}
