import JSON
import Testing

struct JSONObjectTests {
    @Test("keeps the order of members, replaces in place and removes with nil")
    func members() {
        var object: JSONObject = ["b": 1, "a": 2]
        object["b"] = 3
        object["c"] = true
        object["a"] = nil
        object["missing"] = nil
        #expect(JSONValue.object(object).text == #"{"b":3,"c":true}"#)
        #expect(object.count == 2 && !object.isEmpty)
    }

    @Test("reads values by kind and nothing else")
    func kinds() {
        let value: JSONValue = ["s": "x", "n": 1.5, "b": false, "a": [nil], "o": [:]]
        #expect(value["s"]?.stringValue == "x" && value["n"]?.doubleValue == 1.5 && value["b"]?.boolValue == false)
        #expect(value["a"]?.arrayValue?.first?.isNull == true && value["o"]?.objectValue?.isEmpty == true)
        #expect(value["s"]?.intValue == nil && value["s"]?["t"] == nil)
        #expect(
            ["s", "n", "b", "a", "o"].map { value[$0]?.kind ?? "" } == [
                "a string", "a number", "a boolean", "an array", "an object",
            ])
    }

    @Test("escapes control characters when writing")
    func escaping() { #expect(JSONValue.string("\u{1}\u{1f}\"\\\r\t").text == #""\u0001\u001f\"\\\r\t""#) }
}
