/// What is known of a stored response besides its bytes; fixed size, so that an entry is one allocation.
struct StoredFacts {
    struct Flags: OptionSet {
        let rawValue: UInt16
        /// Never used unasked.
        static let alwaysValidates = Flags(rawValue: 1)
        /// Never used stale.
        static let forbidsStale = Flags(rawValue: 2)
        static let hasETag = Flags(rawValue: 4)
        static let hasLastModified = Flags(rawValue: 8)
        /// The body was compressed here; the origin sent it plain.
        static let isCompressed = Flags(rawValue: 16)
        /// Clients that accept gzip get other bytes than those that do not.
        static let variesByEncoding = Flags(rawValue: 32)
        /// Fresh by a guess of ours.
        static let isHeuristic = Flags(rawValue: 64)
        /// The tag is a strong one.
        static let hasStrongETag = Flags(rawValue: 128)
        /// Kept plain, and may be compressed as soon as somebody wants it so.
        static let isPackable = Flags(rawValue: 256)
        /// What stays when the headers are brought up to date.
        static let ofBody: Flags = [.isCompressed, .variesByEncoding, .isPackable]
    }

    /// When its age was nothing: milliseconds of the steady clock.
    var generatedAt: Int64
    /// The cache's count of invalidations when it was asked for.
    var sequence: UInt64
    /// Seconds.
    var lifetime: UInt32
    /// `Date`, or when it came: seconds since 1970.
    var date: UInt32
    var status: UInt16
    var flags: Flags

    /// Milliseconds (RFC 9111, section 4.2.3).
    func age(at now: Moment) -> Int64 { max(0, now.steadyMilliseconds - self.generatedAt) }

    /// Milliseconds of freshness left; negative when stale.
    func freshness(at now: Moment) -> Int64 { Int64(self.lifetime) * 1000 - self.age(at: now) }
}
