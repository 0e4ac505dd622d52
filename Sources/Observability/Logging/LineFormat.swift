package import Logging

/// How a record becomes one line.
package enum LineFormat: String, Sendable, CaseIterable {
    /// `{"time":…,"level":…,"message":…,…}`, for machines.
    case json
    /// `time level message key=value …`, for people.
    case text

    /// The longest line written: a pipe takes this much at once or nothing (pipe(7), `PIPE_BUF`).
    static let maximumBytes = 4096

    /// One line with its end, at most ``maximumBytes`` long.
    ///
    /// - Parameter time: RFC 3339 text.
    package func line(
        time: String, level: Logger.Level, label: String, message: String, metadata: Logger.Metadata
    ) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(256)
        let pairs = metadata.sorted { $0.key < $1.key }.map { ($0.key, SecretKeys.shown($0.value, of: $0.key)) }
        switch self {
        case .json:
            Self.appendJSON("{", "time", time, to: &output)
            Self.appendJSON(",", "level", level.rawValue, to: &output)
            Self.appendJSON(",", "label", label, to: &output)
            Self.appendJSON(",", "message", message, to: &output)
            for (key, value) in pairs {
                let mark = output.count
                Self.appendJSON(",", key, value, to: &output)
                // A value that does not fit is left out whole, so that the line stays JSON.
                if output.count > Self.maximumBytes - 2 { output.removeLast(output.count - mark) }
            }
            guard output.count <= Self.maximumBytes - 2 else {
                return Self.json.line(
                    time: time, level: level, label: label, message: "(a message too long to log)", metadata: [:])
            }
            output.append(contentsOf: "}\n".utf8)
        case .text:
            output.append(contentsOf: "\(time) \(level.rawValue) \(label): ".utf8)
            Self.appendPrintable(message, to: &output)
            for (key, value) in pairs {
                output.append(contentsOf: " \(key)=".utf8)
                if value.utf8.contains(where: { $0 == 0x20 || $0 == UInt8(ascii: "\"") }) {
                    Self.appendQuoted(value, to: &output)
                } else {
                    Self.appendPrintable(value, to: &output)
                }
            }
            if output.count >= Self.maximumBytes {
                output.removeLast(output.count - Self.maximumBytes + 1)
            }
            output.append(UInt8(ascii: "\n"))
        }
        return output
    }

    private static func appendJSON(_ lead: String, _ key: String, _ value: String, to output: inout [UInt8]) {
        output.append(contentsOf: lead.utf8)
        self.appendQuoted(key, to: &output)
        output.append(UInt8(ascii: ":"))
        self.appendQuoted(value, to: &output)
    }

    private static func appendQuoted(_ string: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        for byte in string.utf8 {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { output.append(UInt8(ascii: "\\")) }
            self.appendPrintable(byte, to: &output)
        }
        output.append(UInt8(ascii: "\""))
    }

    private static func appendPrintable(_ string: String, to output: inout [UInt8]) {
        for byte in string.utf8 { self.appendPrintable(byte, to: &output) }
    }

    /// Control characters would let a value forge a second line or drive a terminal.
    private static func appendPrintable(_ byte: UInt8, to output: inout [UInt8]) {
        guard byte < 0x20 || byte == 0x7F else {
            output.append(byte)
            return
        }
        let digits = Array("0123456789abcdef".utf8)
        output.append(contentsOf: "\\u00".utf8)
        output.append(contentsOf: [digits[Int(byte >> 4)], digits[Int(byte & 15)]])
    }
}
