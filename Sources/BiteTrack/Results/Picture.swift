import Base64
import JSON
import ModelContextProtocol

/// A chart of `lib/charts.js` in a script's value, which goes to the client as an image.
struct Picture {
    let title: String
    let svg: String

    /// Pictures of one result.
    static let most = 4
    /// Bytes of one picture.
    static let mostBytes = 256 * 1024

    /// Whether the text of a value may hold a picture, told without reading it.
    static func mayBe(in json: String) -> Bool { json.contains(#""image/svg+xml""#) }

    var content: Content {
        .image(base64: Base64.encode(Array(self.svg.utf8), as: .standard), mimeType: "image/svg+xml")
    }

    /// Takes pictures out of a value: the value itself, or members of it or of an array.
    ///
    /// - Returns: the value with a short text in their places, and the pictures.
    static func taken(from value: JSONValue) -> (value: JSONValue, pictures: [Picture]) {
        var pictures: [Picture] = []
        func taken(_ value: JSONValue) -> JSONValue {
            guard pictures.count < self.most, let picture = Picture(value) else { return value }
            pictures.append(picture)
            return .string("[picture \(pictures.count): \(picture.title)]")
        }
        let whole = taken(value)
        if !pictures.isEmpty { return (whole, pictures) }
        if let array = value.arrayValue { return (.array(array.map(taken)), pictures) }
        guard let object = value.objectValue else { return (value, pictures) }
        var changed: JSONObject = [:]
        for (name, member) in object { changed.append(name, taken(member)) }
        return (.object(changed), pictures)
    }

    private init?(_ value: JSONValue) {
        guard value["type"] == "image", value["mimeType"] == "image/svg+xml", let svg = value["svg"]?.stringValue,
            svg.utf8.count <= Self.mostBytes, Self.isHarmless(svg)
        else { return nil }
        self.svg = svg
        self.title = String((value["title"]?.stringValue ?? "").prefix(80))
    }

    /// Whether the drawing has only the shapes and attributes that the charts use: none can run, load or link anything.
    static func isHarmless(_ svg: String) -> Bool {
        guard svg.hasPrefix("<svg ") else { return false }
        for part in svg.split(separator: "<") {
            guard let end = part.firstIndex(of: ">") else { return false }
            let tag = part[..<end].split(separator: " ", omittingEmptySubsequences: true)
            guard let name = tag.first?.drop(while: { $0 == "/" }).prefix(while: { $0.isLetter }),
                self.elements.contains(String(name))
            else { return false }
            for match in part[..<end].matches(of: #/([A-Za-z:_-]+)\s*=/#)
            where !self.attributes.contains(String(match.1)) {
                return false
            }
        }
        return true
    }

    private static let elements: Set<String> = ["svg", "rect", "text", "line", "polyline", "circle"]
    private static let attributes: Set<String> = [
        "xmlns", "width", "height", "viewBox", "font-family", "font-size", "fill", "stroke", "stroke-width", "points",
        "x",
        "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "text-anchor",
    ]
}
