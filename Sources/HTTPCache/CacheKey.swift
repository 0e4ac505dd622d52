/// Where answers are kept: a hash of zone, authority and target in 128 bits (RFC 9111, section 2).
///
/// GET and HEAD share it. The text stands in the entry and is compared on every hit, so that two targets with one hash
/// cannot be taken for each other; sixteen bytes here instead of a string is what keeps entries small.
package struct CacheKey: Hashable, Sendable {
    private let high: UInt64
    private let low: UInt64

    /// - Parameter zone: keeps apart what must not meet, such as the origins of two proxies in one store.
    package init(zone: String, authority: String, target: String) {
        self.init(CacheKey.text(zone: zone, authority: authority, target: target))
    }

    /// - Parameter text: as ``text(zone:authority:target:)`` makes it.
    init(_ text: String) {
        // The seed of a process is secret, so nobody can choose targets that meet.
        var (first, second) = (Hasher(), Hasher())
        var text = text
        text.withUTF8 { bytes in
            let raw = UnsafeRawBufferPointer(bytes)
            unsafe first.combine(bytes: raw)
            second.combine(0x9E37_79B9)
            unsafe second.combine(bytes: raw)
        }
        self.high = UInt64(bitPattern: Int64(first.finalize()))
        self.low = UInt64(bitPattern: Int64(second.finalize()))
    }

    /// The words a key stands for.
    ///
    /// Host names do not tell upper from lower case (RFC 9110, section 4.2.3). A zero byte, which no field value and no
    /// target can hold, stands between the parts: what a client writes into `Host` would otherwise run into the path.
    static func text(zone: String, authority: String, target: String) -> String {
        let isLower = authority.utf8.allSatisfy { !(0x41...0x5A).contains($0) }
        return "\(zone)\0\(isLower ? authority : authority.lowercased())\0\(target)"
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(self.low) }
}
