import Foundation

/// The time zone of the shop: when its days begin.
///
/// Scripts run where no zone is known. They are handed the offsets of some years as a module of the tree.
package struct ShopZone: Sendable, Equatable {
    /// From an instant on, how far the shop's clocks are ahead of UTC.
    struct Offset: Sendable, Equatable {
        /// Milliseconds since 1970.
        var since: Int
        var minutes: Int
    }

    /// Such as `America/Bogota`.
    package let identifier: String
    /// Ascending; the first holds for all time before the second.
    let offsets: [Offset]

    /// Where BiteTrack is sold: it takes Colombian phone numbers only.
    package static let standardIdentifier = "America/Bogota"
    /// UTC-5 all year round, whatever the machine knows of zones.
    package static let standard = ShopZone(
        identifier: ShopZone.standardIdentifier, offsets: [Offset(since: 0, minutes: -300)])

    private init(identifier: String, offsets: [Offset]) {
        self.identifier = identifier
        self.offsets = offsets
    }

    /// - Parameters:
    ///   - identifier: of the tz database, such as `Europe/Madrid`.
    ///   - now: seconds since 1970; the zone is known from four years before to three years after.
    /// - Returns: nil for what is no zone.
    package init?(identifier: String, now: Int) {
        guard identifier.utf8.count <= 64, let zone = TimeZone(identifier: identifier) else { return nil }
        self.init(identifier: identifier, offsets: Self.offsets(of: zone, now: now))
    }

    private static func offsets(of zone: TimeZone, now: Int) -> [Offset] {
        let (day, year) = (86_400, 366 * 86_400)
        func minutes(_ seconds: Int) -> Int {
            zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds))) / 60
        }
        var previous = now - 4 * year
        var offsets = [Offset(since: previous * 1000, minutes: minutes(previous))]
        while previous < now + 3 * year {
            let next = previous + 7 * day
            let offset = minutes(next)
            if let last = offsets.last, offset != last.minutes {
                // Somewhere in this week the clocks were changed: find the minute.
                var (low, high) = (previous / 60, next / 60)
                while high - low > 1 {
                    let middle = (low + high) / 2
                    if minutes(middle * 60) == last.minutes { low = middle } else { high = middle }
                }
                offsets.append(Offset(since: high * 60_000, minutes: offset))
            }
            previous = next
        }
        return offsets
    }

    /// Seconds the shop's clocks are ahead of UTC at an instant, in seconds since 1970.
    func secondsAhead(at seconds: Int) -> Int {
        let offset = self.offsets.last { $0.since <= seconds * 1000 } ?? self.offsets[0]
        return offset.minutes * 60
    }

    /// The module that tells scripts.
    var module: String {
        let rows = self.offsets.map { "[\($0.since), \($0.minutes)]" }.joined(separator: ", ")
        return """
            /**
             * The shop's time zone and how far its clocks are ahead of UTC; ./lib/dates.js does the reckoning.
             *
             * Each offset is `[milliseconds since 1970, minutes]`, from that instant on. Cost: none.
             */
            export const timeZone = "\(self.identifier)";
            export const offsets = [\(rows)];

            """
    }
}
