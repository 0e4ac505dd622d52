import JSON

/// `POST /sales/import`: one sale a row, for customers and products that exist already.
enum SaleImport {
    /// Why a row did not become a sale.
    private enum SkipReason: String {
        case requiredFieldMissing = "required_field_missing"
        case invalidDateFormat = "invalid_date_format"
        case customerNotFound = "customer_not_found"
        case alreadyRegistered = "already_registered"
        case productNotFound = "product_not_found"
        case processingError = "processing_error"
    }

    private struct Skip: Error {
        let reason: SkipReason
        let message: String
    }

    @Sendable
    static func run(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        let rows = try CSVUpload.rows(call, maximumBytes: 10 * 1024 * 1024)
        let seller = try call.requireCaller()
        let batch = "import_\(call.now.milliseconds)"
        var imported: [(row: Int, customer: Customer, sale: Sale)] = []
        var skipped: [(row: Int, data: [String: String], skip: Skip)] = []
        for (index, row) in rows.enumerated() {
            do throws(Skip) {
                let entry = try Self.importRow(row, batch: batch, by: seller, call.now, &store)
                imported.append((index + 1, entry.customer, entry.sale))
            } catch {
                skipped.append((index + 1, row, error))
            }
        }
        return .object {
            $0.member("success", true)
            $0.member("message", "Import completed: \(imported.count) imported, \(skipped.count) skipped")
            $0.member("summary") {
                $0.member("totalRows", rows.count)
                $0.member("imported", imported.count)
                $0.member("skipped", skipped.count)
                $0.member("importBatchId", batch)
            }
            $0.member("importedSales", array: imported.prefix(10)) { entry, text in
                text.object {
                    $0.member("row", entry.row)
                    $0.member("customer") {
                        $0.member("name", entry.customer.name)
                        $0.member("contact", entry.customer.phoneNumber)
                    }
                    $0.member("sale", entry.sale)
                }
            }
            $0.member("skippedRows", array: skipped.prefix(20)) { entry, text in
                text.object {
                    $0.member("row", entry.row)
                    CSVUpload.render(entry.data, into: &$0)
                    $0.member("skip_reason", entry.skip.reason.rawValue)
                    $0.member("errors", array: [entry.skip.message]) { $0.render(into: &$1) }
                }
            }
            $0.member("warnings", array: [String]()) { $0.render(into: &$1) }
            $0.member("truncated") {
                $0.member("importedSales", imported.count > 10)
                $0.member("skippedRows", skipped.count > 20)
            }
        }
    }

    private static func importRow(
        _ row: [String: String], batch: String, by seller: Seller, _ now: Timestamp, _ store: inout Store
    ) throws(Skip) -> (customer: Customer, sale: Sale) {
        let quantity = JSONValue.string(row["Quantity"] ?? "").integer(min: 1)
        let paid = JSONValue.string((row["Amount Paid"] ?? "").isEmpty ? "0" : row["Amount Paid"] ?? "0")
        for column in ["Contact Name", "Product", "Date"] where (row[column] ?? "").isEmpty {
            throw Skip(reason: .requiredFieldMissing, message: "\(column) is required")
        }
        guard let quantity else { throw Skip(reason: .requiredFieldMissing, message: "Quantity must be at least 1") }
        guard let amountPaid = paid.number(min: 0) else {
            throw Skip(reason: .requiredFieldMissing, message: "Amount Paid must be non-negative")
        }
        guard let date = DateParser.parse(row["Date"] ?? "") else {
            throw Skip(reason: .invalidDateFormat, message: "Date cannot be read")
        }
        let customer = try Self.customer(of: row, store)
        let isKnown = store.sales.rows.contains { $0.customerID == customer.id && $0.effectiveDate == date }
        guard !isKnown else { throw Skip(reason: .alreadyRegistered, message: "Sale is already registered") }
        let name = row["Product"]?.lowercased() ?? ""
        guard let product = store.products.rows.first(where: { $0.productName.lowercased() == name }) else {
            throw Skip(reason: .productNotFound, message: "Product not found")
        }
        let line = SaleLine(
            id: store.ids.next(at: now), productID: product.id, quantity: quantity, priceAtSale: product.price)
        let details = Sale.ImportedDetails(
            originalCreatedAt: date, importedAt: now, importBatch: batch, receiptURL: row["receiptUrl"],
            paymentMethod: row["paymentMethod"])
        let sale = Sale(
            id: store.ids.next(at: now), customerID: customer.id, sellerID: seller.id, lines: [line],
            amountPaid: amountPaid, imported: details, createdAt: now)
        store.sales.append(sale)
        store.customers.update(customer.id) { $0.lastTransaction = max($0.lastTransaction ?? date, date) }
        // Stock is looked at last: a row that fails here is reported as failed although its sale exists.
        guard product.count >= quantity else {
            throw Skip(reason: .processingError, message: "Insufficient inventory for \(product.productName)")
        }
        store.products.update(product.id) { $0.count -= quantity }
        return (customer, sale)
    }

    /// The customer a row's phone number, or else its email address, belongs to.
    private static func customer(of row: [String: String], _ store: Store) throws(Skip) -> Customer {
        let phone = row["Contact Phone"] ?? ""
        let email = (row["Contact Email"] ?? "").lowercased()
        guard !phone.isEmpty || !email.isEmpty else {
            throw Skip(reason: .requiredFieldMissing, message: "Contact Phone or Contact Email is required")
        }
        var digits = phone.filter(\.isNumber)
        if digits.count == 11, digits.hasPrefix("1") { digits.removeFirst() }
        guard phone.isEmpty || digits.count == 10 else {
            throw Skip(reason: .requiredFieldMissing, message: "Contact Phone must have 10 digits")
        }
        let customer = store.customers.rows.first {
            phone.isEmpty ? $0.email == email : $0.phoneNumber == digits
        }
        guard let customer else { throw Skip(reason: .customerNotFound, message: "Customer not found") }
        return customer
    }
}
