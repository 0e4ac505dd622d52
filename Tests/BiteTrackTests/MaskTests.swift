import JSON
import Testing
import UpstreamPipeline

@testable import BiteTrack

struct MaskTests {
    private let all = Mask(fields: Set(PersonalData.Field.allCases))

    private func masked(_ text: String) -> String {
        self.all.json(Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) } ?? text
    }

    @Test(
        "texts of the fields are hidden wherever they stand, and nothing else",
        arguments: [
            (#"{"email":"a@b.test"}"#, #"{"email":"***"}"#), (#"{"email" :"a"}"#, #"{"email" :"a"}"#),
            (#"{"email": "a@b.test","x":1}"#, #"{"email": "***","x":1}"#), (#"{"email":null}"#, #"{"email":null}"#),
            (#"{"email":""}"#, #"{"email":""}"#), (#"{"phoneNumber":"3001234567"}"#, #"{"phoneNumber":"***4567"}"#),
            (#"{"phoneNumber":"12"}"#, #"{"phoneNumber":"***"}"#),
            (#"{"phoneNumber":"call me"}"#, #"{"phoneNumber":"***"}"#),
            (#"{"dateOfBirth":"1990-01-01T00:00:00.000Z"}"#, #"{"dateOfBirth":"***"}"#),
            (#"[{"a":{"email":"x"}},{"email":"y"}]"#, #"[{"a":{"email":"***"}},{"email":"***"}]"#),
            (#"{"note":"\"email\":\"x\""}"#, #"{"note":"\"email\":\"x\""}"#), (#"{"a":"email"}"#, #"{"a":"email"}"#),
            (#"{"email":"a\"b\\","c":1}"#, #"{"email":"***","c":1}"#), (#"{"myemail":"a"}"#, #"{"myemail":"a"}"#),
            (#"{"email":{"email":"z"}}"#, #"{"email":{"email":"***"}}"#), (#"{"email":"open"#, #"{"email":"***"#),
            (#"{"email":"a\"#, #"{"email":"a\"#), ("", ""),
        ])
    func json(text: String, expected: String) { #expect(self.masked(text) == expected) }

    @Test("what is asked for stays")
    func asked() throws {
        let text = #"{"email":"a@b.test","phoneNumber":"3001234567"}"#
        let mask = Mask(fields: [.email])
        #expect(
            String(decoding: try #require(mask.json(Array(text.utf8))), as: UTF8.self)
                == #"{"email":"***","phoneNumber":"3001234567"}"#)
        #expect(Mask(fields: []).json(Array(text.utf8)) == nil)
    }

    @Test(
        "the column of addresses is hidden in CSV, whatever is quoted",
        arguments: [
            (
                "Customer Name,Customer Email,X\n\"a, b\",q@x.test,1\nc,N/A,2\nd,,3",
                "Customer Name,Customer Email,X\n\"a, b\",***,1\nc,N/A,2\nd,,3"
            ),
            ("Customer Email\n\"a\nb\"\nq@x.test", "Customer Email\n***\n***"),
            ("Product Name,Price\nx@y.test,1", "Product Name,Price\nx@y.test,1"), ("", ""),
        ])
    func csv(text: String, expected: String) {
        let masked = self.all.csv(Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) }
        #expect((masked ?? text) == expected)
    }

    @Test("fields are asked for by name, as far as the operator allows")
    func asking() throws {
        let personal = PersonalData(allowed: [.email])
        var arguments: JSONObject = ["limit": 5, "include": ["email"]]
        #expect(try personal.masked(&arguments) == [.phoneNumber, .dateOfBirth])
        #expect(JSONValue.object(arguments).text == #"{"limit":5}"#)
        let cases: [(value: JSONValue, code: PipelineError.Code)] = [
            (["dateOfBirth"], .forbidden), (["phone"], .invalidArguments), ("email", .invalidArguments),
            ([1], .invalidArguments), ([["email": true]], .invalidArguments),
        ]
        for (value, code) in cases {
            var arguments: JSONObject = ["include": value]
            let error = #expect(throws: PipelineError.self) { try personal.masked(&arguments) }
            #expect(error?.code == code, "\(value.text)")
        }
        var nothing: JSONObject = ["include": .null]
        #expect(try personal.masked(&nothing) == Set(PersonalData.Field.allCases))
    }
}
