import JSON
import NIOHTTP1
import Testing

@testable import DemoAPI

struct SalesListTests {
    let demo = TestAPI()

    @Test("a listing has exactly the documented members")
    func shape() throws {
        let answer = try self.demo.get("/sales?limit=100")
        #expect(answer.json.keys == ["sales", "pagination", "filters"])
        #expect(
            answer["pagination"].keys == [
                "currentPage", "totalPages", "totalSales", "limit", "hasNextPage", "hasPrevPage",
            ])
        #expect(
            answer["filters"].text
                == #"{"customerId":null,"sellerId":null,"settled":null,"dateRange":{"startDate":null,"#
                + #""endDate":null,"dateField":"createdAt"},"sort":"-createdAt"}"#)
        for sale in answer["sales"].arrayValue ?? [] {
            #expect(
                sale.keys == [
                    "customerId", "sellerId", "products", "totalAmount", "amountPaid", "settled", "settledAt",
                    "originalCreatedAt", "importedAt", "externalSale", "receiptUrl", "importBatch", "paymentMethod",
                    "isTestData", "createdAt", "updatedAt", "id",
                ])
            #expect(Set(sale["customerId"].keys).isSubset(of: ["firstName", "lastName", "email", "id"]))
            #expect(sale["sellerId"].keys == ["firstName", "lastName", "id"])
            #expect(sale["products"][0].keys == ["productId", "quantity", "priceAtSale", "_id"])
            #expect(sale["products"][0]["productId"].keys == ["productName", "price", "name", "id"])
        }
    }

    @Test("a single sale holds plain ids")
    func single() throws {
        let listed = try self.demo.get("/sales?limit=1")["sales"][0]
        let single = try self.demo.get("/sales/\(listed.id)").json
        #expect(single["customerId"].stringValue == listed["customerId"].id)
        #expect(single["sellerId"].stringValue == listed["sellerId"].id)
        #expect(single["products"][0]["productId"].stringValue == listed["products"][0]["productId"].id)
        #expect(single["totalAmount"] == listed["totalAmount"])
        #expect(try self.demo.get("/sales/\(AuthenticationTests.id)").message == "Sale not found")
    }

    @Test("pages fit together and end")
    func pages() throws {
        let all = try self.demo.sales()
        #expect(all.count == (try self.demo.get("/sales?limit=1")["pagination"]["totalSales"].intValue))
        #expect(Set(all.map(\.id)).count == all.count)
        let dates = all.compactMap { $0["createdAt"].stringValue }
        #expect(dates == dates.sorted(by: >))
        let past = try self.demo.get("/sales?page=9007199254740993&limit=100")
        #expect(past["sales"] == [])
        #expect(past["pagination"]["hasNextPage"] == false)
    }

    @Test(
        "bad parameters are named",
        arguments: [
            ("page=0", 400, "Page must be greater than 0"), ("page=-1", 400, "Page must be greater than 0"),
            ("page=x", 400, "Page must be greater than 0"), ("limit=0", 400, "Limit must be between 1 and 100"),
            ("limit=101", 400, "Limit must be between 1 and 100"), ("limit=", 400, "Limit must be between 1 and 100"),
            ("startDate=x", 400, "Invalid startDate format. Use YYYY-MM-DD or ISO 8601 format"),
            ("endDate=2025-13-01", 400, "Invalid endDate format. Use YYYY-MM-DD or ISO 8601 format"),
            ("startDate=2025-01-01T00:00:00+05:00", 400, "Invalid startDate format. Use YYYY-MM-DD or ISO 8601 format"),
            (
                "startDate=2025-01-01&dateField=settledAt", 400,
                "Invalid dateField. Must be \"createdAt\" or \"updatedAt\""
            ),
            ("customerId=x", 400, "Invalid resource ID format"), ("sellerId=12", 400, "Invalid resource ID format"),
            ("sort=", 500, "Something went wrong"), ("sort=$x", 500, "Something went wrong"),
            ("sort=-", 500, "Something went wrong"), ("sort=a..b", 500, "Something went wrong"),
            ("sort=a&sort=b", 500, "Something went wrong"),
            ("page=1&page=2", 400, "Query parameter 'page' must be given once, as a plain value"),
            ("customerId[$ne]=x", 400, "Query parameter 'customerId[$ne]' must be given once, as a plain value"),
        ])
    func badParameters(query: String, status: Int, message: String) throws {
        let answer = try self.demo.get("/sales?\(query)")
        #expect(answer.status == status)
        #expect(answer.message == message)
        #expect(answer["statusCode"].intValue == status)
        #expect(self.demo.api.dangerousRequests == 0)
    }

    @Test(
        "parseInt semantics and odd but accepted values",
        arguments: [("limit=10abc", 10), ("limit=1e2", 1), ("limit=%207", 7), ("dateField=nonsense&limit=2", 2)])
    func acceptedParameters(query: String, limit: Int) throws {
        #expect(try self.demo.get("/sales?\(query)")["pagination"]["limit"].intValue == limit)
    }

    @Test("only the exact word true means settled")
    func settled() throws {
        let all = try self.demo.sales().count
        func count(_ query: String) throws -> Int {
            try self.demo.get("/sales?limit=1&\(query)")["pagination"]["totalSales"].intValue ?? -1
        }
        let settled = try count("settled=true")
        let open = try count("settled=false")
        #expect(settled + open == all)
        #expect(open > 50)
        for text in ["", "TRUE", "1", "no"] { #expect(try count("settled=\(text)") == open) }
        #expect(try self.demo.get("/sales?settled=1")["filters"]["settled"] == "1")
    }

    @Test("dates are floored and raised to whole UTC days")
    func dates() throws {
        let all = try self.demo.sales()
        func expected(_ from: String, _ to: String) -> Int {
            all.count { (from...to).contains($0["createdAt"].stringValue ?? "") }
        }
        func count(_ query: String) throws -> Int { try self.demo.sales(query).count }
        let day = expected("2025-11-10T00:00:00.000Z", "2025-11-10T23:59:59.999Z")
        #expect(day > 0)
        #expect(try count("startDate=2025-11-10&endDate=2025-11-10") == day)
        #expect(try count("startDate=2025-11-10T22:00:00Z&endDate=2025-11-10T01:00:00Z") == day)
        #expect(try count("startDate=2025-11-09T23:00:00-05:00&endDate=2025-11-09T20:00:00-05:00") == day)
        #expect(try count("startDate=2025-11-10") == expected("2025-11-10T00:00:00.000Z", "9"))
        #expect(try count("endDate=2025-11-09") == expected("0", "2025-11-09T23:59:59.999Z"))
        #expect(try count("startDate=2025-11-18&dateField=updatedAt") >= (try count("startDate=2025-11-18")))
        let rolled = try count("startDate=2025-09-31&endDate=2025-10-01")
        #expect(rolled == expected("2025-10-01T00:00:00.000Z", "2025-10-01T23:59:59.999Z"))
    }

    @Test("customers and sellers filter")
    func parties() throws {
        let all = try self.demo.sales()
        let customer = all[0]["customerId"].id
        let seller = all[0]["sellerId"].id
        #expect(try self.demo.sales("customerId=\(customer)").count == all.count { $0["customerId"].id == customer })
        let bySeller = try self.demo.sales("sellerId=\(seller.uppercased())")
        #expect(bySeller.count == all.count { $0["sellerId"].id == seller })
    }

    @Test(
        "sorts by any stored field, descending with a minus; unknown names keep storage order",
        arguments: ["totalAmount", "amountPaid", "updatedAt", "settledAt", "customerId", "paymentMethod", "settled"])
    func sorting(field: String) throws {
        let up = try self.demo.sales("sort=\(field)")
        let down = try self.demo.sales("sort=-\(field)")
        func key(_ sale: JSONValue) -> String {
            let value = field == "customerId" ? .string(sale[field].id) : sale[field]
            // Dates and ids compare as text; numbers are padded to.
            return value.doubleValue.map { String(Int($0 * 100) + 1_000_000_000) } ?? (value.isNull ? "" : value.text)
        }
        if field != "customerId" {
            #expect(up.map(key) == up.map(key).sorted())
            #expect(down.map(key) == down.map(key).sorted(by: >))
        }
        #expect(Set(up.map(\.id)) == Set(down.map(\.id)))
        #expect(try self.demo.sales("sort=nonsense").map(\.id) == (try self.demo.sales("sort=createdAt").map(\.id)))
    }

    @Test("what was deleted is null in listings")
    func danglingReferences() throws {
        let all = try self.demo.sales()
        #expect(all.count { $0["customerId"].isNull } == 3)
        #expect(all.count { sale in sale["products"].arrayValue?.contains { $0["productId"].isNull } ?? false } == 3)
    }
}

struct SellingTests {
    let demo = TestAPI()

    func order(_ customer: String, _ lines: [(String, JSONValue)], paid: JSONValue? = nil) -> JSONValue {
        var body: JSONObject = ["customerId": .string(customer)]
        body["products"] = .array(lines.map { ["productId": .string($0.0), "quantity": $0.1] })
        body["amountPaid"] = paid
        return .object(body)
    }

    @Test("a sale takes stock, remembers the price and dates the customer")
    func sale() throws {
        let customer = try #require(try self.demo.customers().first { $0["lastTransaction"].isNull })
        let tea = try self.demo.product(named: "Iced Tea")
        self.demo.clock.advance(.seconds(60))
        let answer = try self.demo.call(
            .POST, "/sales", as: .user, json: self.order(customer.id, [(tea.id, 1), (tea.id, "2")]))
        #expect(answer.status == 201)
        #expect(answer["customerId"].stringValue == customer.id)
        #expect(answer["totalAmount"].text == "7.470000000000001")
        #expect(answer["settled"] == false)
        #expect(answer["amountPaid"] == 0)
        #expect(answer["settledAt"] == .null)
        #expect(answer["createdAt"].stringValue == self.demo.clock.now.description)
        let after = try self.demo.product(named: "Iced Tea")
        #expect(after["count"].intValue == (tea["count"].intValue ?? 0) - 3)
        let buyer = try #require(try self.demo.customers().first { $0.id == customer.id })
        #expect(buyer["lastTransaction"] == answer["createdAt"])
        #expect(try self.demo.get("/sales?limit=1")["sales"][0].id == answer.json.id)
    }

    @Test("a sale may be paid at once, overpaid, or free")
    func payments() throws {
        let customer = try self.demo.customers()[0].id
        let tea = try self.demo.product(named: "Iced Tea").id
        func settled(_ paid: JSONValue) throws -> JSONValue {
            try self.demo.call(.POST, "/sales", as: .user, json: self.order(customer, [(tea, 3)], paid: paid))[
                "settled"]
        }
        #expect(try settled(7.47) == false)
        #expect(try settled("7.48") == true)
        #expect(try settled(100) == true)
        let free = try self.demo.call(
            .POST, "/products", as: .user, json: ["productName": "Gift", "count": 1, "price": 0])
        let gift = try self.demo.call(.POST, "/sales", as: .user, json: self.order(customer, [(free.json.id, 1)]))
        #expect(gift["settled"] == true)
        #expect(gift["settledAt"] == .null)
    }

    @Test("a refused order leaves no trace")
    func refusals() throws {
        let customer = try self.demo.customers()[0].id
        let tea = try self.demo.product(named: "Iced Tea")
        let stock = tea["count"].intValue ?? 0
        let sales = try self.demo.sales().count
        func refuse(_ body: JSONValue) throws -> TestAPI.Answer {
            try self.demo.call(.POST, "/sales", as: .user, json: body)
        }
        let nobody = try refuse(self.order(AuthenticationTests.id, [(tea.id, 1)]))
        #expect((nobody.status, nobody.message) == (404, "Customer not found"))
        let nothing = try refuse(self.order(customer, [(tea.id, 1), (AuthenticationTests.id, 1)]))
        #expect((nothing.status, nothing.message) == (404, "Product \(AuthenticationTests.id) not found"))
        let tooMuch = try refuse(self.order(customer, [(tea.id, .init(stock)), (tea.id, 1)]))
        #expect(tooMuch.status == 400)
        #expect(tooMuch.message == "Insufficient inventory for Iced Tea. Available: 0, Requested: 1")
        #expect(
            try refuse(self.order("0x" + String(repeating: "a", count: 22), [(tea.id, 1)])).message
                == "Invalid resource ID format")
        #expect(try refuse(self.order(customer, [(tea.id, 99_999_999_999_999_999)])).status == 400)
        #expect(try self.demo.product(named: "Iced Tea")["count"].intValue == stock)
        #expect(try self.demo.sales().count == sales)
    }

    @Test("validation names each field in the order of the checks")
    func validation() throws {
        let empty = try self.demo.call(.POST, "/sales", as: .user, json: ["amountPaid": -1])
        #expect(
            empty["details"].text
                == #"[{"field":"customerId","message":"Valid customer ID is required"},"#
                + #"{"field":"products","message":"At least one product is required"},"#
                + #"{"field":"amountPaid","message":"Amount paid must be non-negative"}]"#)
        let lines = try self.demo.call(
            .POST, "/sales", as: .user, json: self.order(AuthenticationTests.id, [("x", 0), ("y", 1.5)], paid: nil))
        #expect(
            lines["details"].arrayValue?.map { $0["field"].stringValue ?? "" } == [
                "products[0].productId", "products[1].productId", "products[0].quantity", "products[1].quantity",
            ])
        let none = try self.demo.call(.POST, "/sales", as: .user, body: "", type: nil)
        #expect(none["details"].arrayValue?.count == 2)
        let null = try self.demo.call(
            .POST, "/sales", as: .user,
            json: self.order(AuthenticationTests.id, [(AuthenticationTests.id, 1)], paid: nil as JSONValue? ?? .null))
        #expect(null["details"][0]["field"] == "amountPaid")
    }

    // MARK: Settling

    func openSale(paid: JSONValue? = nil) throws -> String {
        let customer = try self.demo.customers()[0].id
        let tea = try self.demo.product(named: "Iced Tea").id
        return try self.demo.call(
            .POST, "/sales", as: .user, json: self.order(customer, [(tea, 3)], paid: paid)
        ).json.id
    }

    func settle(_ id: String, _ body: JSONValue? = nil) throws -> TestAPI.Answer {
        try self.demo.call(.PATCH, "/sales/\(id)/settle", as: .user, json: body)
    }

    @Test("without an amount the sale is paid in full, once")
    func settleInFull() throws {
        let id = try self.openSale()
        self.demo.clock.advance(.seconds(5))
        let answer = try self.settle(id)
        #expect(answer.status == 200)
        #expect(answer["amountPaid"].text == "7.470000000000001")
        #expect(answer["settled"] == true)
        #expect(answer["settledAt"].stringValue == self.demo.clock.now.description)
        #expect(answer["updatedAt"] == answer["settledAt"])
        let again = try self.settle(id)
        #expect(again.text == #"{"error":"Bad Request","message":"Sale is already settled","statusCode":400}"#)
    }

    @Test("an amount replaces the one before; the rounded total is not enough")
    func settleWithAmount() throws {
        let id = try self.openSale(paid: 5)
        #expect(try self.settle(id, ["amountPaid": 2])["amountPaid"] == 2)
        let rounded = try self.settle(id, ["amountPaid": 7.47])
        #expect((rounded.status, rounded["settled"]) == (200, false))
        #expect(rounded["settledAt"] == .null)
        let echoed = try self.settle(id, ["amountPaid": 7.470000000000001])
        #expect(echoed["settled"] == true)
    }

    @Test("bad amounts and ids are refused")
    func badSettle() throws {
        let id = try self.openSale()
        for amount in [-1, .null, "x", []] as [JSONValue] {
            let answer = try self.settle(id, ["amountPaid": amount])
            #expect(answer["details"] == [["field": "amountPaid", "message": "Amount paid must be non-negative"]])
        }
        #expect(try self.settle("xyz").message == "Invalid resource ID format")
        #expect(try self.settle(AuthenticationTests.id).message == "Sale not found")
        #expect(self.demo.api.dangerousRequests == 0)
    }
}
