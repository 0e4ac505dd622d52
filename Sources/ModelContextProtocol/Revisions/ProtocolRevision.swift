/// A published revision of the protocol, in order.
package enum ProtocolRevision: String, Sendable, CaseIterable, Comparable {
    case november2024 = "2024-11-05"
    case march2025 = "2025-03-26"
    case june2025 = "2025-06-18"
    case november2025 = "2025-11-25"
    case july2026 = "2026-07-28"

    /// Revisions opened by an `initialize` handshake, oldest first.
    static let legacy: [ProtocolRevision] = [.november2024, .march2025, .june2025, .november2025]

    static let latestLegacy = ProtocolRevision.november2025

    /// Revisions whose requests describe themselves.
    static let modern: [ProtocolRevision] = [.july2026]

    /// Whether every request describes itself and there is no handshake.
    package var isModern: Bool { self >= .july2026 }

    var hasStructuredContent: Bool { self >= .june2025 }

    /// Whether several messages may come in one JSON array.
    var hasBatches: Bool { self == .march2025 }

    /// Whether a stream begins with an event that has an id and no data; clients before 2025-11-25 would try to parse it.
    var hasPrimingEvents: Bool { self == .november2025 }

    /// What "there is no such resource" is called.
    var resourceNotFound: RPCError.Code { self.isModern ? .invalidParams : .resourceNotFound }

    /// The revision a handshake settles on: the one asked for when it is a legacy one, else our latest of those.
    static func negotiated(requested: String) -> ProtocolRevision {
        self.legacy.first { $0.rawValue == requested } ?? self.latestLegacy
    }

    /// The legacy revisions as a list for error messages.
    static var legacyNames: String { self.legacy.map(\.rawValue).joined(separator: ", ") }

    package static func < (left: ProtocolRevision, right: ProtocolRevision) -> Bool { left.order < right.order }

    private var order: Int {
        switch self {
        case .november2024: 0
        case .march2025: 1
        case .june2025: 2
        case .november2025: 3
        case .july2026: 4
        }
    }
}
