import JSON
import Testing

struct JSONParserTests {
    @Test(
        "reads back what it writes, byte for byte",
        arguments: [
            "null", "true", "[]", "{}", "[1,-0,2.50,1e9]", #"{"b":1,"a":[{"x":null}]}"#, #""é\n\"\\""#,
            "9007199254740993", "7.470000000000001",
        ])
    func roundTrip(text: String) throws {
        #expect(try JSONValue(parsing: text).text == text)
    }

    @Test(
        "refuses what is not JSON",
        arguments: [
            ("", JSONError.Code.unexpectedEnd), ("{", .unexpectedEnd), ("[1,]", .unexpectedByte),
            ("01", .trailingBytes),
            ("1 2", .trailingBytes), ("-", .badNumber), ("1.", .badNumber), ("tru", .unexpectedEnd),
            ("\"\\x\"", .badEscape),
            ("\"\\ud800\"", .loneSurrogate), ("\"\\udc00\"", .loneSurrogate), ("\"\n\"", .controlCharacter),
            (#"{"a":1,"a":2}"#, .duplicateKey), ("'a'", .unexpectedByte), ("{\"a\" 1}", .unexpectedByte),
            ("\"abc", .unexpectedEnd),
            ("\"\\u12\"", .badEscape), ("{1:2}", .unexpectedByte), ("\"\\", .unexpectedEnd),
        ])
    func refusal(text: String, code: JSONError.Code) {
        #expect { try JSONValue(parsing: text) } throws: { ($0 as? JSONError)?.code == code }
    }

    @Test("joins surrogate pairs and decodes every escape")
    func escapes() throws {
        #expect(try JSONValue(parsing: #""\ud83d\ude00\u00e9\b\f\r\t\/""#) == .string("😀é\u{8}\u{c}\r\t/"))
    }

    @Test("refuses bytes that are not UTF-8")
    func invalidUTF8() {
        #expect { try JSONValue(parsing: [0x22, 0xFF, 0x22]) } throws: { ($0 as? JSONError)?.code == .badUnicode }
    }

    @Test("stops at the depth limit instead of exhausting the stack")
    func depth() throws {
        let deep = String(repeating: "[", count: 100_000)
        #expect { try JSONValue(parsing: deep) } throws: { ($0 as? JSONError)?.code == .tooDeep }
        #expect(try JSONValue(parsing: "[[[]]]", maximumDepth: 3) == [[[]]])
    }

    @Test("finds a duplicate among many keys")
    func manyKeys() {
        let members = (0..<40).map { "\"k\($0)\":0" } + ["\"k39\":1"]
        #expect { try JSONValue(parsing: "{\(members.joined(separator: ","))}") } throws: {
            ($0 as? JSONError)?.code == .duplicateKey
        }
    }

    @Test("skips values without building them")
    func skipping() throws {
        let text = Array(#"{"id":7,"params":{"deep":[1,{"s":"}\""}]},"method":"ping"}"#.utf8)
        var found: [String: String] = [:]
        var reader = JSONReader(text.span)
        try reader.forEachMember { (key, reader) throws(JSONError) in
            let range = try reader.skipValue(depth: 16)
            found[key] = String(decoding: text[range], as: UTF8.self)
        }
        try reader.expectEnd()
        #expect(found == ["id": "7", "params": #"{"deep":[1,{"s":"}\""}]}"#, "method": "\"ping\""])
    }

    @Test("numbers keep their text and convert only when exact")
    func numbers() throws {
        #expect(try JSONValue(parsing: "2.0").intValue == 2)
        #expect(try JSONValue(parsing: "2.5").intValue == nil)
        #expect(JSONValue(Double.nan).text == "0")
        #expect(JSONValue(12.5).text == "12.5")
        #expect(JSONValue(12.0).text == "12")
    }
}
