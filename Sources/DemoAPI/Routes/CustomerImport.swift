import JSON

/// `POST /customers/import`: row by row, each for itself.
enum CustomerImport {
    private struct Failure {
        let row: Int
        let data: [String: String]
        let field: String
        let message: String
    }

    @Sendable
    static func run(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        let rows = try CSVUpload.rows(call, maximumBytes: 5 * 1024 * 1024)
        var imported: [(row: Int, customer: Customer)] = []
        var failures: [Failure] = []
        for (index, row) in rows.enumerated() {
            if let (field, message) = Self.problem(with: row, store) {
                failures.append(Failure(row: index + 1, data: row, field: field, message: message))
                continue
            }
            let email = row["email"] ?? ""
            let customer = Customer(
                id: store.ids.next(at: call.now), firstName: row["firstName"] ?? "", lastName: row["lastName"] ?? "",
                phoneNumber: row["phoneNumber"] ?? "", email: email.isEmpty ? nil : email.lowercased(),
                createdAt: call.now, updatedAt: call.now)
            store.customers.append(customer)
            imported.append((index + 1, customer))
        }
        return .object {
            $0.member("success", true)
            $0.member("message", "Import completed: \(imported.count) successful, \(failures.count) failed")
            $0.member("summary") {
                $0.member("totalRows", rows.count)
                $0.member("successful", imported.count)
                $0.member("failed", failures.count)
            }
            $0.member("successfulImports", array: imported.prefix(10)) { entry, text in
                text.object {
                    $0.member("row", entry.row)
                    $0.member("customer", entry.customer)
                }
            }
            $0.member("failures", array: failures.prefix(20)) { failure, text in
                text.object {
                    $0.member("row", failure.row)
                    CSVUpload.render(failure.data, into: &$0)
                    $0.member("errors", array: [failure]) { failure, text in
                        text.object {
                            $0.member("field", failure.field)
                            $0.member("message", failure.message)
                        }
                    }
                }
            }
            $0.member("truncated") {
                $0.member("successfulImports", imported.count > 10)
                $0.member("failures", failures.count > 20)
            }
        }
    }

    /// What keeps a row from becoming a customer.
    private static func problem(with row: [String: String], _ store: Store) -> (field: String, message: String)? {
        let phone = row["phoneNumber"] ?? ""
        let email = (row["email"] ?? "").lowercased()
        if (row["firstName"] ?? "").isEmpty { return ("firstName", "First name is required") }
        if (row["lastName"] ?? "").isEmpty { return ("lastName", "Last name is required") }
        guard phone.utf8.count == 10, PhoneNumber.normalized(phone) == phone else {
            return ("phoneNumber", "Phone number must be exactly 10 digits and start with 3")
        }
        if !email.isEmpty, !EmailAddress.isValid(email) { return ("email", "Valid email is required") }
        for customer in store.customers.rows {
            if customer.phoneNumber == phone {
                return ("phoneNumber", "A customer with this phone number already exists")
            }
            if !email.isEmpty, customer.email == email {
                return ("email", "A customer with this email already exists")
            }
        }
        return nil
    }
}
