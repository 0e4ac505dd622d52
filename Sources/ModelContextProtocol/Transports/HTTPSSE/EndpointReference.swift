/// Where a client of HTTP+SSE posts its messages: a reference on the origin it came to.
enum EndpointReference {
    /// - Parameter forwardedPrefix: what a proxy says it removed from the path (`X-Forwarded-Prefix`); ignored unless it
    ///   is a plain absolute path, so that nobody can send clients elsewhere.
    static func make(sessionID: String, forwardedPrefix: String?) -> String {
        "\(self.plainPath(forwardedPrefix ?? ""))/messages?sessionId=\(sessionID)"
    }

    private static func plainPath(_ text: String) -> String {
        let segments = text.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        let isPlain = text.hasPrefix("/") && text.utf8.count <= 256
        var path = ""
        for (index, segment) in segments.enumerated() where isPlain {
            if segment.isEmpty && index == segments.count - 1 { break }
            guard !segment.isEmpty, segment != ".", segment != "..", segment.utf8.allSatisfy(self.isPlainByte) else {
                return ""
            }
            path += "/" + segment
        }
        return path
    }

    private static func isPlainByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
