/// Groups of responses that become stale together (RFC 9875).
enum CacheGroups {
    /// Groups belong to one origin; a name means something else on another.
    ///
    /// - Parameter keyText: the target's key, which begins with zone and authority.
    static func marks(_ names: [String], _ keyText: String, _ request: CacheRequest) -> [UInt64] {
        guard !names.isEmpty else { return [] }
        return names.map { self.mark($0, origin: String(keyText.dropLast(request.target.count))) }
    }

    /// - Parameter origin: zone and authority, as they stand in a key's text.
    static func mark(_ name: String, origin: String) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(origin)
        hasher.combine(name)
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }
}
