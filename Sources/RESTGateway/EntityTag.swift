import Base64
import NIOCore
import NIOHTTP1
import Sessions

/// Entity tags (RFC 9110 section 8.8.3), compared weakly: all that a client asks for is whether the meaning has changed.
enum EntityTag {
    /// A tag for a body that the upstream gave none.
    static func weak(of body: ByteBuffer) -> String {
        let digest = SHA256Digest.of(Array(body.readableBytesView))
        return "W/\"" + String(body.readableBytes, radix: 16) + "-" + Base64.encode(Array(digest.prefix(18)), as: .url)
            + "\""
    }

    /// Whether `If-None-Match` names `tag` (RFC 9110 section 13.1.2).
    static func isKnown(_ tag: String, to headers: HTTPHeaders) -> Bool {
        let fields = headers["if-none-match"]
        guard !fields.isEmpty else { return false }
        let opaque = self.opaque(tag[...])
        return fields.contains { field in
            var rest = field[...]
            while true {
                rest = rest.drop { $0 == " " || $0 == "\t" || $0 == "," }
                guard !rest.isEmpty else { return false }
                if rest.first == "*" { return true }
                let start = self.opaque(rest)
                guard start.first == "\"", let end = start.dropFirst().firstIndex(of: "\"") else { return false }
                if start[...end] == opaque { return true }
                rest = start[start.index(after: end)...]
            }
        }
    }

    private static func opaque(_ tag: Substring) -> Substring { tag.hasPrefix("W/") ? tag.dropFirst(2) : tag }
}
