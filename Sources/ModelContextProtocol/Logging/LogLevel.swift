/// How much a log message matters (RFC 5424 section 6.2.1), least first.
package enum LogLevel: Int, Sendable, Comparable, CaseIterable {
    case debug, info, notice, warning, error, critical, alert, emergency

    init?(name: String) {
        guard let level = LogLevel.allCases.first(where: { $0.name == name }) else { return nil }
        self = level
    }

    var name: String { String(describing: self) }

    /// All names, for error messages.
    static var names: String { self.allCases.map(\.name).joined(separator: ", ") }

    package static func < (left: LogLevel, right: LogLevel) -> Bool { left.rawValue < right.rawValue }
}
