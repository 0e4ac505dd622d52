/// Keeps slots in the order of their use, in two chains: newcomers, and those used more than once.
///
/// Every operation takes constant time; `now` is the time since some fixed moment.
struct UseOrder {
    private struct Link {
        var lastUse: Duration
        var isKnown: Bool
        var older: Int?
        var newer: Int?
    }
    /// The ends of one chain, oldest use to newest.
    private struct Chain {
        var oldest: Int?
        var newest: Int?
    }

    private var links: [Link] = []
    private var newcomers = Chain()
    private var known = Chain()

    /// The slot to give up when there must be room: the newcomer idle longest, a known one only where there is none.
    var victim: Int? { self.newcomers.oldest ?? self.known.oldest }

    /// The slots idle longest, of each chain.
    var oldest: [Int] { [self.newcomers.oldest, self.known.oldest].compactMap(\.self) }

    /// Adds a slot as a newcomer; slots are numbered without gaps, and numbers may be used again.
    mutating func add(_ slot: Int, now: Duration) {
        let link = Link(lastUse: now, isKnown: false)
        if slot == self.links.count { self.links.append(link) } else { self.links[slot] = link }
        self.append(slot)
    }

    /// Counts a use of a slot now.
    mutating func touch(_ slot: Int, now: Duration) {
        self.remove(slot)
        self.links[slot].lastUse = now
        self.links[slot].isKnown = true
        self.append(slot)
    }

    func isIdle(_ slot: Int, longerThan idleTimeout: Duration, now: Duration) -> Bool {
        now - self.links[slot].lastUse >= idleTimeout
    }

    /// Takes a slot out of its chain.
    mutating func remove(_ slot: Int) {
        let link = self.links[slot]
        var chain = link.isKnown ? self.known : self.newcomers
        if let older = link.older { self.links[older].newer = link.newer } else { chain.oldest = link.newer }
        if let newer = link.newer { self.links[newer].older = link.older } else { chain.newest = link.older }
        if link.isKnown { self.known = chain } else { self.newcomers = chain }
    }

    private mutating func append(_ slot: Int) {
        let isKnown = self.links[slot].isKnown
        var chain = isKnown ? self.known : self.newcomers
        self.links[slot].older = chain.newest
        self.links[slot].newer = nil
        if let newest = chain.newest { self.links[newest].newer = slot } else { chain.oldest = slot }
        chain.newest = slot
        if isKnown { self.known = chain } else { self.newcomers = chain }
    }
}
