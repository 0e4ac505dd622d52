import JSON
import Testing

struct JSONReaderTests {
    @Test("tells known keys apart without building strings, however they are escaped")
    func keys() throws {
        let text = Array(#"{"method":1,"metho":2,"methods":3,"\u006dethod":4,"méthod":5,"":6}"#.utf8)
        var matches: [Bool] = []
        var names: [String] = []
        var reader = JSONReader(text.span)
        try reader.forEachKey { (key, reader) throws(JSONError) in
            matches.append(reader.matches(key, "method"))
            names.append(try reader.string(of: key))
            try reader.skipValue(depth: 1)
        }
        try reader.expectEnd()
        #expect(matches == [true, false, false, true, false, false])
        #expect(names == ["method", "metho", "methods", "method", "méthod", ""])
    }

    @Test(
        "refuses keys that are not sound, also when nobody asks for them",
        arguments: [
            (#"{"\x":1}"#, JSONError.Code.badEscape), (#"{"\ud800":1}"#, .loneSurrogate),
            ("{\"a\u{1}\":1}", .controlCharacter), (#"{"a"1}"#, .unexpectedByte), (#"{"a":1,}"#, .unexpectedByte),
            (#"{a:1}"#, .unexpectedByte), (#"{"a":1"#, .unexpectedEnd), ("[]", .unexpectedByte),
        ])
    func unsoundKeys(text: String, code: JSONError.Code) {
        let bytes = Array(text.utf8)
        #expect {
            var reader = JSONReader(bytes.span)
            try reader.forEachKey { (_, reader) throws(JSONError) in try reader.skipValue(depth: 4) }
        } throws: {
            ($0 as? JSONError)?.code == code
        }
    }

    @Test("refuses a key that is not UTF-8")
    func invalidKey() {
        let bytes = Array(#"{"key"#.utf8) + [0xFF] + Array(#"":1}"#.utf8)
        #expect {
            var reader = JSONReader(bytes.span)
            try reader.forEachKey { (_, reader) throws(JSONError) in try reader.skipValue(depth: 4) }
        } throws: {
            ($0 as? JSONError)?.code == .badUnicode
        }
    }

    /// Every place in a word of eight bytes and across its border.
    @Test("finds what is special in a string wherever it stands", arguments: 0..<20)
    func positions(position: Int) throws {
        let filler = String(repeating: "a", count: position)
        for length in [0, 1, 7, 8, 9, 16] {
            let rest = String(repeating: "~", count: length)
            for (escaped, plain) in [
                (#"\""#, "\""), (#"\\"#, "\\"), (#"\n"#, "\n"), (#"\u0001"#, "\u{1}"), ("é", "é"), ("\u{7F}", "\u{7F}"),
                ("🙂", "🙂"), ("!", "!"), ("#", "#"), ("[", "["), ("]", "]"),
            ] {
                let value = try JSONValue(parsing: "\"\(filler)\(escaped)\(rest)\"")
                #expect(value == .string(filler + plain + rest))
                #expect(value.text == "\"\(filler)\(escaped)\(rest)\"")
            }
            for byte in [UInt8(0x00), 0x1F, 0x0A] {
                let bytes = Array("\"\(filler)".utf8) + [byte] + Array("\(rest)\"".utf8)
                #expect { try JSONValue(parsing: bytes) } throws: {
                    let error = $0 as? JSONError
                    return error?.code == .controlCharacter && error?.offset == position + 1
                }
            }
            #expect { try JSONValue(parsing: "\"\(filler)\(rest)") } throws: {
                ($0 as? JSONError)?.code == .unexpectedEnd
            }
        }
    }

    @Test("does not take a key for another that only looks the same")
    func exactKeys() throws {
        // KELVIN SIGN, which Swift's strings hold equal to K.
        let text = Array("{\"\u{212A}ey\":1}".utf8)
        var reader = JSONReader(text.span)
        try reader.forEachKey { (key, reader) throws(JSONError) in
            let matches = reader.matches(key, "Key")
            #expect(!matches)
            try reader.skipValue(depth: 1)
        }
    }
}
