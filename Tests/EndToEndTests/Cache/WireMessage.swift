import Foundation
import NIOHTTP1

/// A message of HTTP/1.1, taken apart from its text.
struct WireMessage {
    let line: String
    let headers: HTTPHeaders

    init(head: String) {
        let lines = head.components(separatedBy: "\r\n")
        self.line = lines[0]
        self.headers = HTTPHeaders(
            lines.dropFirst().compactMap { line in
                guard let colon = line.firstIndex(of: ":") else { return nil }
                return (String(line[..<colon]), line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces))
            })
    }

    var status: Int { self.line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0 }

    /// Interim responses and the final one of an exchange on a connection of its own, and the body, chunks undone.
    static func responses(_ text: String) -> (interim: [Int], final: WireMessage, body: String) {
        var rest = Substring(text)
        var interim: [Int] = []
        while true {
            let end = rest.range(of: "\r\n\r\n")
            let message = WireMessage(head: String(rest[..<(end?.lowerBound ?? rest.endIndex)]))
            rest = rest[(end?.upperBound ?? rest.endIndex)...]
            guard (100...199).contains(message.status) else {
                return (
                    interim, message,
                    message.headers["transfer-encoding"] == ["chunked"] ? self.unchunked(rest) : String(rest)
                )
            }
            interim.append(message.status)
        }
    }

    private static func unchunked(_ text: Substring) -> String {
        var rest = text
        var body = ""
        while let end = rest.range(of: "\r\n"), let size = Int(rest[..<end.lowerBound], radix: 16), size > 0 {
            let start = end.upperBound
            let stop = rest.utf8.index(start, offsetBy: size, limitedBy: rest.endIndex) ?? rest.endIndex
            body += rest[start..<stop]
            rest = rest[stop...].dropFirst(1)
        }
        return body
    }
}
