/// Numbers as JavaScript writes and reads them.
enum JSNumber {
    /// The shortest text that reads back as `value`, in JavaScript's notation; not-a-number and infinities are `null`.
    static func text(_ value: Double) -> String {
        guard value.isFinite else { return "null" }
        if value == 0 { return "0" }
        if let integer = Int(exactly: value), integer.magnitude < 1 << 53 { return String(integer) }
        let (digits, exponent) = Self.shortestDigits(value.magnitude)
        return (value < 0 ? "-" : "") + Self.layOut(digits, pointAfter: exponent)
    }

    /// `toFixed(2)`: two decimals, ties away from zero, decided on the exact binary value.
    static func fixed2(_ value: Double) -> String {
        guard value.isFinite, value.magnitude < 1e15 else { return Self.text(value) }
        let scaled = value.magnitude * 100
        let error = (-scaled).addingProduct(value.magnitude, 100)
        let floor = scaled.rounded(.down)
        let rest = scaled - floor
        let roundsUp = rest > 0.5 || (rest == 0.5 && error >= 0)
        let cents = Int(floor) + (roundsUp ? 1 : 0)
        let fraction = cents % 100
        return "\(value < 0 ? "-" : "")\(cents / 100).\(fraction < 10 ? "0" : "")\(fraction)"
    }

    /// `Math.round(value * 100) / 100`.
    static func roundedToCents(_ value: Double) -> Double { (value * 100 + 0.5).rounded(.down) / 100 }

    /// `parseInt(text, 10)`: the integer a text begins with; nil where JavaScript says `NaN`.
    static func parseInt(_ text: String) -> Int? {
        var rest = text.drop { $0.isWhitespace }
        var isNegative = false
        if let sign = rest.first, sign == "-" || sign == "+" {
            isNegative = sign == "-"
            rest.removeFirst()
        }
        let digits = rest.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard !digits.isEmpty else { return nil }
        // Beyond 2^53 only the magnitude matters to any comparison made with it.
        let value = digits.reduce(0) { min($0 * 10 + Int($1 - UInt8(ascii: "0")), 1 << 53) }
        return isNegative ? -value : value
    }

    /// Splits Swift's shortest text into digits and the place of the decimal point after them.
    private static func shortestDigits(_ value: Double) -> (digits: [UInt8], point: Int) {
        let parts = value.description.split(separator: "e")
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        var digits = Array(mantissa[0].utf8)
        var point = digits.count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
        if mantissa.count > 1, mantissa[1] != "0" { digits += Array(mantissa[1].utf8) }
        while digits.first == UInt8(ascii: "0") {
            digits.removeFirst()
            point -= 1
        }
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        return (digits, point)
    }

    /// ECMA-262 section 6.1.6.1.20, Number::toString.
    private static func layOut(_ digits: [UInt8], pointAfter point: Int) -> String {
        let text = String(decoding: digits, as: UTF8.self)
        let count = digits.count
        if count <= point, point <= 21 { return text + String(repeating: "0", count: point - count) }
        if point > 0, point <= 21 { return "\(text.prefix(point)).\(text.dropFirst(point))" }
        if point > -6, point <= 0 { return "0." + String(repeating: "0", count: -point) + text }
        let exponent = point - 1
        let mantissa = count == 1 ? text : "\(text.prefix(1)).\(text.dropFirst(1))"
        return "\(mantissa)e\(exponent < 0 ? "-" : "+")\(exponent.magnitude)"
    }
}
