import JSON
import NIOHTTP1
import Testing

@testable import DemoAPI

struct CustomerTests {
    let demo = TestAPI()

    func create(_ body: JSONValue) throws -> TestAPI.Answer {
        try self.demo.call(.POST, "/customers", as: .user, json: body)
    }

    @Test("the list is bare, in order of entry, and an address may be missing")
    func list() throws {
        let rows = try self.demo.customers()
        #expect(rows.count == 60)
        let keys = [
            "firstName", "lastName", "phoneNumber", "lastTransaction", "isTestData", "createdAt", "updatedAt", "id",
        ]
        for row in rows { #expect(row.keys.filter { $0 != "email" } == keys) }
        #expect(rows.contains { !$0.keys.contains("email") })
        let dates = rows.compactMap { $0["createdAt"].stringValue }
        #expect(dates == dates.sorted())
    }

    @Test("transactions come newest first with the customer and their pages")
    func transactions() throws {
        let sales = try self.demo.sales()
        let customer = sales[0]["customerId"].id
        let own = sales.filter { $0["customerId"].id == customer }
        let answer = try self.demo.get("/customers/\(customer)/transactions?limit=100")
        #expect(answer.json.keys == ["customer", "transactions", "pagination"])
        #expect(answer["customer"].id == customer)
        #expect(answer["transactions"].arrayValue?.map(\.id) == own.map(\.id))
        let first = answer["transactions"][0]
        #expect(first["customerId"].stringValue == customer)
        #expect(first["sellerId"].keys == ["firstName", "lastName", "id"])
        #expect(first["products"][0]["productId"].keys == ["productName", "name", "id"])
        let open = try self.demo.get("/customers/\(customer)/transactions?settled=&limit=1")
        #expect(open["pagination"]["totalTransactions"].intValue == own.count { $0["settled"] == false })
        #expect(try self.demo.get("/customers/\(customer)/transactions")["pagination"]["limit"] == 10)
        let past = try self.demo.get("/customers/\(customer)/transactions?page=99")
        #expect((past.status, past["transactions"]) == (200, []))
    }

    @Test("transactions of nobody, and bad pages")
    func badTransactions() throws {
        let path = "/customers/\(AuthenticationTests.id)/transactions"
        #expect(try self.demo.get(path).message == "Customer not found")
        #expect(try self.demo.get("\(path)?limit=0").message == "Limit must be between 1 and 100")
        #expect(try self.demo.get("\(path)?page=0").message == "Page must be greater than 0")
        let idle = try #require(try self.demo.customers().first { $0["lastTransaction"].isNull })
        let empty = try self.demo.get("/customers/\(idle.id)/transactions")
        #expect(empty["pagination"]["totalPages"] == 0)
    }

    @Test("a customer is added, changed and deleted; sales keep a dangling reference")
    func lifecycle() throws {
        let created = try self.create(["firstName": " Ana ", "lastName": "B", "phoneNumber": "+57 (300) 123-4567"])
        #expect(created.status == 201)
        #expect(created["phoneNumber"] == "3001234567")
        #expect(created["firstName"] == "Ana")
        #expect(created["lastTransaction"] == .null)
        let path = "/customers/\(created.json.id)"
        self.demo.clock.advance(.seconds(1))
        let changed = try self.demo.call(
            .PATCH, path, as: .user,
            json: ["email": "Ana@X.test", "isTestData": true, "lastTransaction": "2025-01-02", "unknown": 1])
        #expect(changed["email"] == "ana@x.test")
        #expect(changed["isTestData"] == true)
        #expect(changed["lastTransaction"] == "2025-01-02T00:00:00.000Z")
        #expect(changed["updatedAt"] != changed["createdAt"])
        #expect(changed["unknown"] == .null)
        let cleared = try self.demo.call(.PATCH, path, as: .user, json: ["lastTransaction": .null])
        #expect(cleared["lastTransaction"] == .null)
        let deleted = try self.demo.call(.DELETE, path, as: .user)
        #expect((deleted.status, deleted.text) == (204, ""))
        #expect(deleted.headers["ETag"] == [])
        #expect(try self.demo.call(.DELETE, path, as: .user).message == "Customer not found")
        #expect(try self.demo.call(.PATCH, path, as: .user, json: ["firstName": "A"]).message == "Customer not found")
        let buyer = try self.demo.get("/sales?limit=1")["sales"][0]["customerId"].id
        _ = try self.demo.call(.DELETE, "/customers/\(buyer)", as: .user)
        #expect(try self.demo.get("/sales?limit=1")["sales"][0]["customerId"].isNull)
    }

    @Test("what is missing or wrong is named")
    func validation() throws {
        let messages = try self.create([:])["details"].arrayValue?.map { $0["message"].stringValue ?? "" }
        let phone =
            "Phone number must be a valid Colombian number (mobile: 10 digits starting with 3, landline: 7 digits)"
        #expect(messages == ["First name is required", "Last name is required", "Phone number is required", phone])
        for email in ["", .null, "x"] as [JSONValue] {
            let answer = try self.create(
                ["firstName": "a", "lastName": "b", "phoneNumber": "3009999999", "email": email])
            #expect(answer["details"] == [["field": "email", "message": "Valid email is required"]])
        }
        let patch = try self.demo.call(
            .PATCH, "/customers/\(AuthenticationTests.id)", as: .user, json: ["firstName": " ", "phoneNumber": "12"])
        #expect(patch["details"].arrayValue?.map { $0["message"] } == ["First name cannot be empty", .string(phone)])
    }

    @Test("a phone number or address belongs to one customer")
    func conflicts() throws {
        let other = try #require(try self.demo.customers().first { $0["email"] != .null })
        let phone = try self.create(
            ["firstName": "a", "lastName": "b", "phoneNumber": other["phoneNumber"]])
        #expect((phone.status, phone.message) == (409, "A customer with this phone number already exists"))
        #expect(phone["details"][0]["existingCustomer"].keys == ["id", "name", "phoneNumber"])
        let email = try self.create(
            ["firstName": "a", "lastName": "b", "phoneNumber": "3009999998", "email": other["email"]])
        #expect(email.message == "A customer with this email already exists")
        #expect(email["details"][0]["existingCustomer"]["id"].stringValue == other.id)
        let own = try self.demo.call(
            .PATCH, "/customers/\(other.id)", as: .user, json: ["phoneNumber": other["phoneNumber"]])
        #expect(own.status == 200)
    }
}

struct ProductTests {
    let demo = TestAPI()

    @Test("a product is added, changed and deleted")
    func lifecycle() throws {
        let created = try self.demo.call(
            .POST, "/products", as: .user, json: ["productName": "Tea", "count": "5", "price": "2.50"])
        #expect(created.status == 201)
        #expect(
            created.json.keys == [
                "productName", "description", "count", "price", "isTestData", "createdAt", "updatedAt", "name", "id",
            ])
        #expect(created["name"] == "Tea")
        #expect((created["count"], created["price"], created["description"]) == (5, 2.5, ""))
        let path = "/products/\(created.json.id)"
        let changed = try self.demo.call(.PATCH, path, as: .user, json: ["count": 9, "description": "hot"])
        #expect((changed["count"], changed["description"], changed["productName"]) == (9, "hot", "Tea"))
        #expect(try self.demo.call(.DELETE, path, as: .user).status == 204)
        #expect(try self.demo.call(.DELETE, path, as: .user).message == "Product not found")
        #expect(try self.demo.call(.PATCH, path, as: .user, json: [:]).message == "Product not found")
        for method in [HTTPMethod.PATCH, .DELETE] {
            let malformed = try self.demo.call(method, "/products/x", as: .user, json: [:])
            #expect((malformed.status, malformed.message) == (400, "Invalid product ID format"))
        }
        #expect(self.demo.api.dangerousRequests == 0)
    }

    @Test(
        "what is missing or wrong is named",
        arguments: [
            ([:], 3), (["productName": "x", "count": -1, "price": 1], 1),
            (["productName": "x", "count": 1.5, "price": 1], 1),
            (["productName": "x", "count": 1, "price": "a"], 1), (["productName": "x", "count": 1, "price": -0.01], 1),
            (["productName": " ", "count": 1, "price": 1], 1),
            (["productName": "x", "count": true, "price": .null], 2),
        ] as [(JSONValue, Int)])
    func validation(body: JSONValue, issues: Int) throws {
        let answer = try self.demo.call(.POST, "/products", as: .user, json: body)
        #expect((answer.status, answer["details"].arrayValue?.count) == (400, issues))
    }
}
