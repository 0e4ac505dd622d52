import JSON
import NIOHTTP1
import Testing

@testable import DemoAPI

struct AnalyticsTests {
    let demo = TestAPI()

    func analytics(_ query: String) throws -> TestAPI.Answer {
        try self.demo.get("/reporting/sales/analytics?\(query)")
    }

    /// The date analytics place a sale on.
    static func date(_ sale: JSONValue) -> String {
        sale["originalCreatedAt"].stringValue ?? sale["createdAt"].stringValue ?? ""
    }

    @Test("the numbers agree with the sales, counted independently")
    func numbers() throws {
        let answer = try self.analytics("startDate=2025-10-01&endDate=2025-10-31&groupBy=day")
        let sales = try self.demo.sales().filter { Self.date($0).hasPrefix("2025-10") }
        let revenue = sales.reduce(0) { $0 + ($1["totalAmount"].doubleValue ?? 0) }
        let summary = answer["summary"]
        #expect(
            summary.keys == [
                "_id", "totalSales", "totalRevenue", "totalAmountPaid", "averageOrderValue", "averageItemsPerOrder",
            ])
        #expect(summary["totalSales"].intValue == sales.count)
        #expect(abs((summary["totalRevenue"].doubleValue ?? 0) - revenue) < 1e-6)
        #expect(abs((summary["averageOrderValue"].doubleValue ?? 0) - revenue / Double(sales.count)) < 1e-9)
        let lines = sales.reduce(0) { $0 + ($1["products"].arrayValue?.count ?? 0) }
        #expect(summary["averageItemsPerOrder"].doubleValue == Double(lines) / Double(sales.count))
        let series = answer["timeSeries"].arrayValue ?? []
        #expect(series.count == Set(sales.map { Self.date($0).prefix(10) }).count)
        for bucket in series {
            let day = bucket["_id"]["day"].intValue ?? 0
            let expected = sales.filter { Self.date($0).hasPrefix("2025-10-\(day < 10 ? "0" : "")\(day)") }
            #expect(bucket["salesCount"].intValue == expected.count)
        }
        #expect(
            series.compactMap { $0["_id"]["day"].intValue } == series.compactMap { $0["_id"]["day"].intValue }.sorted())
        #expect(answer["customerAnalytics"]["uniqueCustomers"].intValue == Set(sales.map { $0["customerId"].id }).count)
        let open = sales.filter { $0["settled"] == false }
        #expect(answer["paymentAnalytics"]["unsettled"]["count"].intValue == open.count)
        #expect(answer["paymentAnalytics"]["settled"]["_id"] == true)
    }

    @Test("top products are the ten of highest revenue, less the deleted")
    func topProducts() throws {
        let answer = try self.analytics("")
        var revenue: [String: Double] = [:]
        for line in try self.demo.sales().flatMap({ $0["products"].arrayValue ?? [] }) {
            revenue[line["productId"].id, default: 0] +=
                (line["quantity"].doubleValue ?? 0) * (line["priceAtSale"].doubleValue ?? 0)
        }
        let expected = revenue.sorted { $0.value > $1.value }.prefix(10).map(\.key)
        let top = answer["topProducts"].arrayValue ?? []
        #expect(top.compactMap { $0["_id"].stringValue } == expected)
        #expect(
            top[0].keys == [
                "_id", "totalQuantitySold", "totalRevenue", "salesCount", "productName", "currentPrice", "averagePrice",
            ])
        _ = try self.demo.call(.DELETE, "/products/\(expected[0])", as: .user)
        #expect(try self.analytics("")["topProducts"].arrayValue?.count == 9)
    }

    @Test(
        "buckets have the keys of their period",
        arguments: [
            ("hour", ["year", "month", "day", "hour"]), ("day", ["year", "month", "day"]), ("week", ["year", "week"]),
            ("month", ["year", "month"]), ("year", ["year"]), ("decade", ["year", "month", "day"]),
        ])
    func groupBy(period: String, keys: [String]) throws {
        let answer = try self.analytics("groupBy=\(period)&startDate=2025-08-01")
        #expect(answer["timeSeries"][0]["_id"].keys == keys)
        #expect(answer["period"]["groupBy"].stringValue == period)
        let counts = answer["timeSeries"].arrayValue?.compactMap { $0["salesCount"].intValue } ?? []
        #expect(counts.reduce(0, +) == answer["summary"]["totalSales"].intValue)
    }

    @Test("without sales all is zero and nothing has an _id")
    func empty() throws {
        let answer = try self.analytics("startDate=2001-01-01&endDate=2001-01-02")
        #expect(
            answer.text == #"{"period":{"startDate":"2001-01-01","endDate":"2001-01-02","dateField":"createdAt","#
                + #""groupBy":"day"},"summary":{"totalSales":0,"totalRevenue":0,"totalAmountPaid":0,"#
                + #""averageOrderValue":0,"averageItemsPerOrder":0},"timeSeries":[],"topProducts":[],"#
                + #""customerAnalytics":{"uniqueCustomers":0,"averageCustomerSpent":0,"averageOrdersPerCustomer":0},"#
                + #""paymentAnalytics":{"settled":{"count":0,"totalAmount":0,"totalPaid":0},"#
                + #""unsettled":{"count":0,"totalAmount":0,"totalPaid":0}}}"#)
    }

    @Test("an unknown date field puts all but imports into one bucket without a date")
    func unknownDateField() throws {
        let sales = try self.demo.sales().count
        let answer = try self.analytics("dateField=nonsense")
        #expect(answer["timeSeries"][0]["_id"].text == #"{"year":null,"month":null,"day":null}"#)
        #expect(answer["timeSeries"][0]["salesCount"].intValue == sales - 40)
        #expect(try self.analytics("dateField=nonsense&startDate=2020-01-01")["summary"]["totalSales"] == 40)
        #expect(try self.analytics("dateField=nonsense&endDate=2030-01-01")["summary"]["totalSales"].intValue == sales)
        #expect(try self.analytics("dateField=_id")["summary"]["totalSales"].intValue == sales)
        #expect(
            try self.analytics("startDate=x").message == "Invalid startDate format. Use YYYY-MM-DD or ISO 8601 format")
    }
}

struct ExportTests {
    let demo = TestAPI()

    func export(_ query: String) throws -> TestAPI.Answer { try self.demo.get("/reporting/sales/export?\(query)") }

    func rows(_ query: String) throws -> [[String: String]] {
        try #require(CSVReader.rows(Array(try self.export(query).text.utf8)))
    }

    @Test("detailed has one row a line, newest sale first")
    func detailed() throws {
        let answer = try self.export("")
        #expect(answer.headers["Content-Type"] == ["text/csv"])
        #expect(
            answer.headers["Content-Disposition"]
                == ["attachment; filename=\"bitetrack-sales-detailed-2025-11-19T17-30-00-000Z.csv\""])
        #expect(answer.headers["ETag"] == [])
        #expect(!answer.text.hasSuffix("\n"))
        #expect(
            answer.text.hasPrefix(
                "Sale ID,Date,Time,Customer Name,Customer Email,Seller Name,Product Name,Quantity,Unit Price,"
                    + "Line Total,Sale Total,Amount Paid,Balance Due,Settled\n"))
        let sales = try self.demo.sales()
        let rows = try self.rows("")
        #expect(rows.count == sales.reduce(0) { $0 + ($1["products"].arrayValue?.count ?? 0) })
        #expect(rows[0]["Sale ID"] == sales[0].id)
        #expect(rows[0]["Date"] == "2025-11-19")
        #expect(rows.contains { $0["Customer Name"] == "Unknown Customer" && $0["Customer Email"] == "N/A" })
        #expect(rows.contains { $0["Product Name"] == "Unknown Product" })
        #expect(rows.contains { $0["Product Name"] == "Bagel, Lox and Capers" })
        #expect(answer.text.contains("\"12\"\" Meatball Hoagie\""))
        #expect(answer.text.contains("Café con Leche,"))
        #expect(rows.allSatisfy { $0["Settled"] == "Yes" || $0["Settled"] == "No" })
    }

    @Test("summary has one row a sale and adds up")
    func summary() throws {
        let rows = try self.rows("format=summary&settled=false")
        let open = try self.demo.sales("settled=false")
        #expect(rows.count == open.count)
        for (row, sale) in zip(rows, open) {
            let due = (sale["totalAmount"].doubleValue ?? 0) - (sale["amountPaid"].doubleValue ?? 0)
            #expect(row["Balance Due"] == JSNumber.fixed2(due))
            #expect(row["Items Count"] == String(sale["products"].arrayValue?.count ?? 0))
        }
        let over = try self.rows("format=summary&settled=true")
        #expect(over.contains { $0["Balance Due"]?.hasPrefix("-") ?? false })
    }

    @Test("products has one row a product, richest first, and is empty for a customer")
    func products() throws {
        let rows = try self.rows("format=products")
        let revenue = rows.compactMap { $0["Total Revenue"].flatMap { Double($0) } }
        #expect(revenue == revenue.sorted(by: >))
        #expect(
            Set(rows.compactMap { $0["Product Name"] }).isSubset(
                of: Set(try self.demo.products().compactMap { $0["name"].stringValue })))
        #expect(rows.contains { $0["Minimum Sale Price"] != $0["Maximum Sale Price"] })
        let customer = try self.demo.sales()[0]["customerId"].id
        #expect(try self.export("format=products&customerId=\(customer)").text == "")
        #expect(try self.export("format=products&sellerId=x").status == 200)
        #expect(try self.rows("format=summary&customerId=\(customer)").isEmpty == false)
    }

    @Test(
        "nothing found is no bytes at all",
        arguments: [
            "endDate=2001-01-01", "startDate=2025-01-01&dateField=nonsense",
            "startDate=2025-01-01&dateField=totalAmount",
        ])
    func empty(query: String) throws {
        let answer = try self.export(query)
        #expect((answer.status, answer.text) == (200, ""))
        #expect(answer.headers["Content-Type"] == ["text/csv"])
    }

    @Test("an unknown format is a JSON error in a file's clothes")
    func unknownFormat() throws {
        let answer = try self.export("format=xml")
        #expect((answer.status, answer.message) == (400, "Invalid format. Use: detailed, summary, or products"))
        #expect(answer.headers["Content-Type"] == ["text/csv; charset=utf-8"])
        #expect(answer.headers["Content-Disposition"].first?.contains("bitetrack-sales-xml-") == true)
        #expect(try self.export("startDate=x").message == "Invalid startDate format")
        #expect(try self.export("endDate=x").message == "Invalid endDate format")
    }
}
