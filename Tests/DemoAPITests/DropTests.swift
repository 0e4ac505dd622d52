import JSON
import NIOHTTP1
import Testing

@testable import DemoAPI

struct DropTests {
    let demo = TestAPI()

    func drops(_ query: String = "") throws -> [JSONValue] {
        try self.demo.get("/inventory-drops?limit=0&\(query)")["drops"].arrayValue ?? []
    }

    func drop(_ body: JSONValue) throws -> TestAPI.Answer {
        try self.demo.call(.POST, "/inventory-drops", as: .admin, json: body)
    }

    @Test("a listing is paged, newest first, without what was undone")
    func list() throws {
        let answer = try self.demo.get("/inventory-drops")
        #expect(
            answer["pagination"].text
                == #"{"currentPage":1,"totalPages":7,"totalCount":66,"hasNextPage":true,"hasPrevPage":false}"#)
        #expect(answer["drops"].arrayValue?.count == 10)
        let all = try self.demo.get("/inventory-drops?limit=0&includeUndone=yes")
        #expect(all["drops"].arrayValue?.count == 70)
        #expect(all["pagination"]["totalPages"] == .null)
        #expect(all["pagination"]["hasNextPage"] == true)
        let dates = all["drops"].arrayValue?.compactMap { $0["droppedAt"].stringValue } ?? []
        #expect(dates == dates.sorted(by: >))
        let newest = answer["drops"][0]
        #expect(newest["productId"].keys == ["productName", "price", "name", "id"])
        #expect(newest["droppedBy"].keys == ["firstName", "lastName", "id"])
        #expect(newest["undoAvailable"] == true)
        #expect(newest["undoTimeRemaining"] == 439)
        #expect(newest["isPartialDrop"] == true)
        let undone = try #require(all["drops"].arrayValue?.first { $0["isUndone"] == true })
        #expect(undone["undoneBy"].keys == ["firstName", "lastName", "id"])
        #expect(undone["canBeUndone"] == false)
    }

    @Test("dates are exact instants: a bare end excludes its own day")
    func dates() throws {
        let all = try self.drops()
        let day = all[20]["droppedAt"].stringValue?.prefix(10) ?? ""
        let expected = all.count { $0["droppedAt"].stringValue?.hasPrefix(day) ?? false }
        #expect(expected > 0)
        #expect(try self.drops("startDate=\(day)&endDate=\(day)").isEmpty)
        #expect(try self.drops("startDate=\(day)&endDate=\(day)T23:59:59.999Z").count == expected)
    }

    @Test("filters by product, reason and person")
    func filters() throws {
        let all = try self.drops()
        let product = all[0]["productId"].id
        #expect(try self.drops("productId=\(product)").count == all.count { $0["productId"].id == product })
        let person = all[0]["droppedBy"].id
        #expect(try self.drops("droppedBy=\(person)").count == all.count { $0["droppedBy"].id == person })
        #expect(try self.drops("reason=expired").count == all.count { $0["reason"] == "expired" })
        #expect(try self.drops("reason=spoiled").isEmpty)
    }

    @Test(
        "bad queries fail as in the original, numbers that are none are a 400",
        arguments: [
            ("?page=0", 500, "Failed to retrieve inventory drops"),
            ("?productId=x", 500, "Failed to retrieve inventory drops"),
            ("?startDate=x", 500, "Failed to retrieve inventory drops"), ("?limit=x", 400, "Invalid page or limit"),
            ("/undoable?userId=x", 500, "Failed to retrieve undoable drops"),
            ("/analytics?endDate=x", 500, "Failed to retrieve drop analytics"),
            ("/xyz", 500, "Failed to retrieve inventory drop"),
            ("/\(AuthenticationTests.id)", 404, "Inventory drop with the specified ID does not exist"),
        ])
    func badQueries(target: String, status: Int, message: String) throws {
        let answer = try self.demo.get("/inventory-drops\(target)")
        #expect((answer.status, answer.message) == (status, message))
    }

    @Test("a drop takes stock, can be undone for eight hours, once")
    func undo() throws {
        let fries = try self.demo.product(named: "French Fries")
        let stock = fries["count"].intValue ?? 0
        let created = try self.drop([
            "productId": .string(fries.id), "quantityToDrop": 4, "reason": "damaged", "notes": "fell",
            "productionDate": "2025-11-17", "batchId": "B1",
        ])
        #expect(created.status == 201)
        #expect(created.message == "Inventory dropped successfully")
        let drop = created["drop"]
        #expect(drop["droppedBy"].keys == ["firstName", "lastName", "email", "id"])
        #expect((drop["originalQuantity"].intValue, drop["remainingQuantity"].intValue) == (stock, stock - 4))
        #expect(drop["totalValueLost"].doubleValue == 4 * (fries["price"].doubleValue ?? 0))
        #expect(drop["dropPercentage"].stringValue == JSNumber.fixed2(400 / Double(stock)))
        #expect(drop["daysSinceProduction"] == 2)
        #expect(drop["undoTimeRemaining"] == 479)
        #expect(created["undoInfo"].keys == ["canUndo", "undoExpiresAt", "timeRemainingMinutes"])
        #expect(created["updatedProduct"]["newQuantity"].intValue == stock - 4)
        #expect(try self.demo.product(named: "French Fries")["count"].intValue == stock - 4)

        let path = "/inventory-drops/\(drop.id)"
        #expect(try self.demo.get("/inventory-drops/undoable")["undoableDrops"].arrayValue?.count == 4)
        self.demo.clock.advance(.seconds(8 * 3600 - 1))
        let one = try self.demo.get(path)
        #expect((one["canUndo"], one["timeRemainingForUndo"]) == (true, 0))
        let undone = try self.demo.call(.POST, "\(path)/undo", as: .superadmin, json: ["undoReason": "miscount"])
        #expect(undone.message == "Inventory drop undone successfully")
        #expect(undone["drop"]["undoReason"] == "miscount")
        #expect(undone["restoredProduct"]["newQuantity"].intValue == stock)
        #expect(try self.demo.product(named: "French Fries")["count"].intValue == stock)
        let again = try self.demo.call(.POST, "\(path)/undo", as: .admin)
        #expect(again.message == "This inventory drop has already been undone")
        #expect(try self.demo.get(path)["drop"]["undoneBy"].keys == ["firstName", "lastName", "email", "id"])
    }

    @Test("the window closes exactly eight hours after the drop")
    func window() throws {
        let fries = try self.demo.product(named: "French Fries").id
        let id = try self.drop(["productId": .string(fries), "quantityToDrop": 1])["drop"].id
        self.demo.clock.advance(.seconds(8 * 3600))
        let late = try self.demo.call(.POST, "/inventory-drops/\(id)/undo", as: .admin)
        #expect(late["error"] == "Cannot Undo Drop")
        #expect(late.message == "The undo window for this inventory drop has expired (8 hours)")
        let shown = try self.demo.get("/inventory-drops/\(id)")
        #expect((shown["drop"]["canBeUndone"], shown["drop"]["undoAvailable"]) == (true, false))
    }

    @Test("undo of what is not there")
    func badUndo() throws {
        func undo(_ id: String, _ body: JSONValue? = nil) throws -> TestAPI.Answer {
            try self.demo.call(.POST, "/inventory-drops/\(id)/undo", as: .admin, json: body)
        }
        #expect(try undo("x").message == "Failed to undo inventory drop")
        #expect(try undo(AuthenticationTests.id)["error"] == "Drop Record Not Found")
        let fries = try self.demo.product(named: "French Fries").id
        let id = try self.drop(["productId": .string(fries), "quantityToDrop": 1])["drop"].id
        let long = String(repeating: "a", count: 301)
        #expect(try undo(id, ["undoReason": .string(long)]).message == "Failed to undo inventory drop")
        _ = try self.demo.call(.DELETE, "/products/\(fries)", as: .user)
        #expect(try undo(id)["error"] == "Product Not Found")
    }

    @Test("bad drops are refused in their own words")
    func badDrops() throws {
        let empty = try self.drop(["quantityToDrop": 0, "reason": "boredom"])
        #expect(
            empty["details"].text
                == #"[{"type":"field","msg":"Product ID must be a valid MongoDB ObjectId","path":"productId","#
                + #""location":"body"},{"type":"field","value":0,"msg":"Quantity to drop must be a positive integer","#
                + #""path":"quantityToDrop","location":"body"},{"type":"field","value":"boredom","#
                + #""msg":"Invalid drop reason","path":"reason","location":"body"}]"#)
        let nothing = try self.drop(["productId": .string(AuthenticationTests.id), "quantityToDrop": 1])
        #expect((nothing.status, nothing["error"]) == (404, "Product Not Found"))
        let odd = try self.drop(["productId": .string("0x" + String(repeating: "a", count: 22)), "quantityToDrop": 1])
        #expect((odd.status, odd.message) == (500, "Failed to drop inventory"))
        let soup = try self.demo.product(named: Menu.soldOut).id
        let tooMuch = try self.drop(["productId": .string(soup), "quantityToDrop": 2])
        #expect(tooMuch["error"] == "Insufficient Inventory")
        #expect(tooMuch.message == "Cannot drop 2 units. Only 0 units available")
    }

    @Test("analytics agree with the drops they sum up")
    func analytics() throws {
        let from = "2025-10-01T00:00:00.000Z"
        let to = "2025-11-18T00:00:00.000Z"
        let answer = try self.demo.get("/inventory-drops/analytics?startDate=\(from)&endDate=\(to)")
        let drops = try self.drops("startDate=\(from)&endDate=\(to)")
        #expect(answer["period"]["durationDays"] == 48)
        #expect(answer["summary"]["totalDropCount"].intValue == drops.count)
        let quantity = drops.reduce(0) { $0 + ($1["quantityDropped"].intValue ?? 0) }
        #expect(answer["summary"]["totalQuantityDropped"].intValue == quantity)
        let value = drops.reduce(0) { $0 + ($1["totalValueLost"].doubleValue ?? 0) }
        #expect(abs((answer["summary"]["totalValueLost"].doubleValue ?? 0) - value) < 0.006)
        let reasons = answer["analyticsByReason"].arrayValue ?? []
        #expect(Set(reasons.compactMap { $0["_id"].stringValue }) == Set(drops.compactMap { $0["reason"].stringValue }))
        let values = reasons.compactMap { $0["totalValueLost"].doubleValue }
        #expect(values == values.sorted(by: >))
        for reason in reasons {
            let own = drops.filter { $0["reason"] == reason["_id"] }
            #expect(reason["totalDropCount"].intValue == own.count)
            #expect(reason["totalPartialDrops"].intValue == own.count { $0["isPartialDrop"] == true })
            let products = reason["products"].arrayValue ?? []
            #expect(products.reduce(0) { $0 + ($1["dropCount"].intValue ?? 0) } == own.count)
        }
        let standard = try self.demo.get("/inventory-drops/analytics")
        #expect(standard["period"]["durationDays"] == 30)
        #expect(standard["todaysSummary"][0]["dropCount"] == 3)
        let empty = try self.demo.get("/inventory-drops/analytics?startDate=2020-01-01&endDate=2020-01-02")
        #expect(
            empty["summary"].text
                == #"{"totalQuantityDropped":0,"totalValueLost":0,"totalDropCount":0,"avgValuePerDrop":0}"#)
        #expect(empty["analyticsByReason"] == [])
    }
}
