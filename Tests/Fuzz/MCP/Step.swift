import JSON
import NIOHTTP1

/// One step of a scenario, as a corpus file writes it.
///
/// `METHOD path?query`, lines of `name: value`, an empty line, the body. A POST has the headers that every client sends
/// unless it names them itself; `-name` leaves one out, and `~` adds those that repeat what the body says.
struct Step {
    private(set) var method = ""
    private(set) var path = ""
    private(set) var query: String?
    private(set) var headers = HTTPHeaders()
    private(set) var body: [UInt8] = []

    private static let defaults = [
        ("host", "localhost"), ("content-type", "application/json"),
        ("accept", "application/json, text/event-stream"),
    ]

    init(_ text: [UInt8]) {
        var rest = text[...]
        let first = Self.takeLine(&rest).split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        self.method = String(first.first ?? "")
        let target = first.count > 1 ? first[1] : "/mcp"
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        self.path = String(parts.first ?? "")
        self.query = parts.count > 1 ? String(parts[1]) : nil
        var left: Set<String> = []
        var mirrors = false
        while !rest.isEmpty {
            let line = Self.takeLine(&rest)
            if line.isEmpty { break }
            if line == "~" {
                mirrors = true
            } else if line.hasPrefix("-") {
                left.insert(line.dropFirst().lowercased())
            } else {
                self.add(header: line)
            }
        }
        self.body = Array(rest)
        for (name, value) in Self.defaults where !left.contains(name) && !self.headers.contains(name: name) {
            self.headers.add(name: name, value: value)
        }
        if mirrors { self.addRoutingHeaders() }
    }

    /// The body as JSON, if it is that.
    var value: JSONValue? { try? JSONValue(parsing: self.body) }

    /// Adds a header as the HTTP parser would deliver it; what the parser would refuse is left out.
    private mutating func add(header line: String) {
        guard let colon = line.firstIndex(of: ":") else { return }
        let name = line[..<colon]
        let isToken = name.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
        }
        let blanks: Set<Character> = [" ", "\t"]
        let value = line[line.index(after: colon)...].drop { blanks.contains($0) }
        guard !name.isEmpty, isToken, value.utf8.allSatisfy({ ($0 >= 0x20 || $0 == 9) && $0 != 0x7F }) else { return }
        self.headers.add(name: String(name), value: String(value))
    }

    private mutating func addRoutingHeaders() {
        guard let value else { return }
        let params = value["params"]
        let name = params?["name"] ?? params?["uri"] ?? params?["taskId"]
        for (header, text) in [
            ("mcp-protocol-version", params?["_meta"]?["io.modelcontextprotocol/protocolVersion"]),
            ("mcp-method", value["method"]), ("mcp-name", name), ("mcp-param-city", params?["arguments"]?["city"]),
        ] {
            if let text = text?.stringValue { self.add(header: "\(header): \(text)") }
        }
    }

    private static func takeLine(_ rest: inout ArraySlice<UInt8>) -> String {
        let line = rest.prefix { $0 != UInt8(ascii: "\n") }
        rest = rest[line.endIndex...].dropFirst()
        return String(decoding: line, as: UTF8.self)
    }
}
