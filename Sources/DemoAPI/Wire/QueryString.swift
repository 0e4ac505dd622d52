/// The query of a request: every key once, every value a text.
///
/// The original's parser turns repeated keys and brackets into arrays and operators. They are errors here.
struct QueryString {
    private var values: [String: String] = [:]
    /// Keys given twice or with brackets; nothing good comes of them.
    private(set) var ambiguousKeys: [String] = []

    init(_ query: String?) {
        for pair in (query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let key = Self.decode(parts[0])
            if key.contains("[") || self.values[key] != nil {
                self.ambiguousKeys.append(key)
            } else {
                self.values[key] = parts.count > 1 ? Self.decode(parts[1]) : ""
            }
        }
    }

    subscript(key: String) -> String? { self.values[key] }

    /// The value of `key` unless it is empty, which JavaScript takes for absent in most conditions.
    func nonEmpty(_ key: String) -> String? { self.values[key].flatMap { $0.isEmpty ? nil : $0 } }

    var isEmpty: Bool { self.values.isEmpty }
    var keys: [String] { Array(self.values.keys) }

    /// `settled`: exactly `true` is true, anything else that is present is false.
    var settled: Bool? { self.values["settled"].map { $0 == "true" } }

    /// Undoes percent-encoding, `+` as a space; a malformed sequence stays as it is.
    static func decode(_ text: some StringProtocol) -> String {
        PercentEncoding.decode(text, plusIsSpace: true) ?? String(text)
    }
}

/// RFC 3986 section 2.1.
enum PercentEncoding {
    /// The decoded text; nil when a sequence is malformed or the bytes are not UTF-8.
    static func decode(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String? {
        var bytes: [UInt8] = []
        var pending: [UInt8] = []
        var remaining = 0
        for byte in text.utf8 {
            if remaining > 0 {
                pending.append(byte)
                remaining -= 1
                guard remaining == 0 else { continue }
                let digits = String(decoding: pending, as: UTF8.self)
                guard pending.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
                    let value = UInt8(digits, radix: 16)
                else { return nil }
                bytes.append(value)
                pending.removeAll()
            } else if byte == UInt8(ascii: "%") {
                remaining = 2
            } else {
                bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return remaining == 0 ? String(validating: bytes, as: UTF8.self) : nil
    }
}
