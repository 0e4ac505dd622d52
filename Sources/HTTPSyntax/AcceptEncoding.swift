/// What a client says about content codings (RFC 9110, section 12.5.3).
package struct AcceptEncoding {
    private let fields: [String]

    /// - Parameter fields: the values of all `Accept-Encoding` headers.
    package init(_ fields: [String]) { self.fields = fields }

    /// Whether gzip may be used and is not liked less than sending as is.
    package var prefersGzip: Bool {
        var gzip: Double?
        var identity: Double?
        var anything: Double?
        for element in self.fields.flatMap({ $0.split(separator: ",") }) {
            let parameters = element.split(separator: ";", omittingEmptySubsequences: false).map(Self.trimmed)
            let weight = Self.weight(parameters.dropFirst())
            switch parameters[0].lowercased() {
            case "gzip", "x-gzip": gzip = weight
            case "identity": identity = weight
            case "*": anything = weight
            default: break
            }
        }
        let accepted = gzip ?? anything ?? 0
        return accepted > 0 && accepted >= (identity ?? 0)
    }

    /// The `q` parameter; 1 without one, 0 when it is not a number from 0 to 1.
    private static func weight(_ parameters: ArraySlice<Substring>) -> Double {
        for parameter in parameters {
            guard let equals = parameter.firstIndex(of: "="), trimmed(parameter[..<equals]).lowercased() == "q"
            else { continue }
            guard let weight = Double(trimmed(parameter[parameter.index(after: equals)...])), (0...1).contains(weight)
            else { return 0 }
            return weight
        }
        return 1
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
