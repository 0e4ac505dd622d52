/// Collects reads that come within a short time, so that they can be looked at together.
struct Gatherings<Key: Hashable, Member> {
    private struct Open {
        var number: Int
        var members: [Member]
    }
    private var open: [Key: Open] = [:]
    private var nextNumber = 0

    /// - Returns: the gathering's number; the first of a number closes it when the time is over.
    mutating func join(_ key: Key, _ member: Member) -> Int {
        if var gathering = self.open.removeValue(forKey: key) {
            gathering.members.append(member)
            self.open[key] = gathering
            return gathering.number
        }
        defer { self.nextNumber += 1 }
        self.open[key] = Open(number: self.nextNumber, members: [member])
        return self.nextNumber
    }

    /// Everybody who came; later ones begin another gathering.
    mutating func close(_ key: Key, number: Int) -> [Member] {
        guard self.open[key]?.number == number else { return [] }
        return self.open.removeValue(forKey: key)?.members ?? []
    }
}
