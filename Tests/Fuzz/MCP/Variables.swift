import FuzzSupport
import JSON
import NIOHTTP1

/// What later steps of a scenario call what earlier ones were told: `$session`, `$stream`, `$event`, `$task`, `$state`.
struct Variables {
    private static let names = ["session", "stream", "event", "task", "state"]

    private var values: [String: [UInt8]] = [:]

    /// The text of a step with the values in their places.
    func filled(_ text: ArraySlice<UInt8>) -> [UInt8] {
        guard text.contains(UInt8(ascii: "$")) else { return Array(text) }
        var result: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "$"), let name = Self.names.first(where: { rest.starts(with: $0.utf8) }) {
                rest = rest.dropFirst(name.utf8.count)
                result += self.values[name] ?? Array("none".utf8)
            } else {
                result.append(byte)
            }
        }
        return result
    }

    mutating func learn(_ reply: Reply.State) {
        self.values["session"] = reply.headers.first(name: "mcp-session-id").map { Array($0.utf8) } ?? self["session"]
        for event in reply.parser.events {
            if !event.id.isEmpty { self.values["event"] = event.id }
            let reference = String(decoding: event.data, as: UTF8.self)
            if event.type == Array("endpoint".utf8), let equals = reference.firstIndex(of: "=") {
                self.values["stream"] = Array(reference[reference.index(after: equals)...].utf8)
            }
        }
        for result in reply.messages.compactMap({ $0["result"] }) {
            self.values["task"] = result["taskId"]?.stringValue.map { Array($0.utf8) } ?? self["task"]
            self.values["state"] = result["requestState"]?.stringValue.map { Array($0.utf8) } ?? self["state"]
        }
    }

    private subscript(name: String) -> [UInt8]? { self.values[name] }
}
