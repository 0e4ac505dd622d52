import Testing

/// A revision of the protocol; later ones are greater.
enum Revision: String, CaseIterable, Comparable, CustomTestStringConvertible {
    case v2024_11_05 = "2024-11-05"
    case v2025_03_26 = "2025-03-26"
    case v2025_06_18 = "2025-06-18"
    case v2025_11_25 = "2025-11-25"
    case v2026_07_28 = "2026-07-28"

    static let legacy: [Revision] = [.v2024_11_05, .v2025_03_26, .v2025_06_18, .v2025_11_25]
    /// What a handshake that asks for something else ends in.
    static let latestLegacy = Revision.v2025_11_25
    static let modern = Revision.v2026_07_28

    var testDescription: String { self.rawValue }
    var isModern: Bool { self == Revision.modern }

    static func < (left: Revision, right: Revision) -> Bool { left.rawValue < right.rawValue }
}
