import JSON
import NIOHTTP1
import Testing

@testable import DemoAPI

struct ImportTests {
    let demo = TestAPI()

    func upload(
        _ path: String, _ csv: String, field: String = "csvFile", filename: String = "rows.csv",
        type: String = "text/csv"
    ) throws -> TestAPI.Answer {
        let body =
            "--b1\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n"
            + "--b1\r\nContent-Disposition: form-data; name=\"\(field)\"; filename=\"\(filename)\"\r\n"
            + "Content-Type: \(type)\r\n\r\n\(csv)\r\n--b1--\r\n"
        return try self.demo.call(.POST, path, as: .user, body: body, type: "multipart/form-data; boundary=b1")
    }

    @Test("customers come in row by row")
    func customers() throws {
        let known = try #require(try self.demo.customers().first { $0["phoneNumber"].stringValue?.count == 10 })
        let phone = known["phoneNumber"].stringValue ?? ""
        let csv = """
            firstName,lastName,phoneNumber,email
            Ana,"Uno, Dos",3990000001,ANA@x.test
            ,Tres,3990000002,
            Bea,Cuatro,123,
            Cleo,Cinco,\(phone),
            Dora,Seis,3990000003,nonsense
            Eva,Siete,3990000004,
            """
        let answer = try self.upload("/customers/import", csv)
        #expect(answer.status == 200)
        #expect(answer["summary"].text == #"{"totalRows":6,"successful":2,"failed":4}"#)
        #expect(answer["successfulImports"][0]["customer"]["lastName"] == "Uno, Dos")
        #expect(answer["successfulImports"][0]["customer"]["email"] == "ana@x.test")
        let fields = answer["failures"].arrayValue?.map { $0["errors"][0]["field"] }
        #expect(fields == ["firstName", "phoneNumber", "phoneNumber", "email"])
        #expect(answer["failures"].arrayValue?.map { $0["row"] } == [2, 3, 4, 5])
        #expect(answer["truncated"].text == #"{"successfulImports":false,"failures":false}"#)
        #expect(try self.demo.customers().count == 62)
    }

    @Test("sales come in with their own date; short stock fails a row whose sale exists")
    func sales() throws {
        let rows = try self.demo.customers()
        let customer = try #require(rows.first { $0["phoneNumber"].stringValue?.count == 10 && $0["email"] != .null })
        let phone = customer["phoneNumber"].stringValue ?? ""
        let email = customer["email"].stringValue ?? ""
        let stock = try self.demo.product(named: "Iced Tea")["count"].intValue ?? 0
        let before = try self.demo.sales().count
        let csv = """
            Date,Contact Name,Contact Phone,Contact Email,Product,Quantity,Unit Price,Total Amount,Amount Paid,\
            paymentMethod
            2025-03-01,A,\(phone),,iced tea,2,1,1,4.98,cash
            3/1/2025,A,1\(phone),,Iced Tea,1,,,0,
            2025-03-02,A,,\(email),Iced Tea,x,,,0,
            2025-03-03,A,,,Iced Tea,1,,,0,
            never,A,\(phone),,Iced Tea,1,,,0,
            2025-03-04,A,3999999999,,Iced Tea,1,,,0,
            2025-03-05,A,\(phone),,Nectar,1,,,0,
            2025-03-06,A,\(phone),,Iced Tea,1,,,-1,
            2025-03-07,A,\(phone),,Iced Tea,9999,,,0,
            2025-03-08,,\(phone),,Iced Tea,1,,,0,
            """
        let answer = try self.upload("/sales/import", csv)
        #expect(answer["summary"]["imported"] == 1)
        #expect(
            answer["skippedRows"].arrayValue?.compactMap { $0["skip_reason"].stringValue } == [
                "already_registered", "required_field_missing", "required_field_missing", "invalid_date_format",
                "customer_not_found", "product_not_found", "required_field_missing", "processing_error",
                "required_field_missing",
            ])
        let sale: JSONValue = answer["importedSales"][0]["sale"]
        #expect(sale["originalCreatedAt"] == "2025-03-01T00:00:00.000Z")
        #expect((sale["externalSale"], sale["paymentMethod"], sale["settled"]) == (true, "cash", true))
        #expect(try self.demo.sales().count == before + 2)
        #expect(try self.demo.product(named: "Iced Tea")["count"].intValue == stock - 2)
    }

    @Test("what is no CSV file is refused")
    func refusals() throws {
        let none = try self.demo.call(.POST, "/customers/import", as: .user)
        #expect((none.status, none.message) == (400, "No CSV file provided"))
        #expect(try self.upload("/customers/import", "a", field: "file").status == 500)
        #expect(try self.upload("/customers/import", "a", filename: "x.png", type: "image/png").status == 500)
        let open = try self.upload("/sales/import", "a\n\"open")
        #expect((open.status, open.message) == (500, "Failed to process CSV file"))
        #expect(open["details"].stringValue != nil)
        let large = try self.upload("/customers/import", String(repeating: "a", count: 5 * 1024 * 1024 + 1))
        #expect(large["error"] == "File Upload Error")
        let empty = try self.upload("/customers/import", "")
        #expect(empty["summary"]["totalRows"] == 0)
    }
}
