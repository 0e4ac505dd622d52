/// Keys in the order of their last use, with every operation in constant time.
struct RecencyList<Key: Hashable> {
    private struct Node {
        var key: Key
        var older: Int?
        var newer: Int?
    }
    private var nodes: [Int: Node] = [:]
    private var numbers: [Key: Int] = [:]
    private var oldestNumber: Int?
    private var newestNumber: Int?
    private var nextNumber = 0

    /// The key whose last use is longest ago.
    var oldest: Key? { self.oldestNumber.flatMap { self.nodes[$0]?.key } }

    /// Makes `key` the most recent one, adding it when it is new.
    mutating func use(_ key: Key) {
        self.remove(key)
        let number = self.nextNumber
        self.nextNumber += 1
        self.nodes[number] = Node(key: key, older: self.newestNumber, newer: nil)
        if let newest = self.newestNumber { self.nodes[newest]?.newer = number } else { self.oldestNumber = number }
        self.newestNumber = number
        self.numbers[key] = number
    }

    mutating func remove(_ key: Key) {
        guard let number = self.numbers.removeValue(forKey: key),
            let node = self.nodes.removeValue(forKey: number)
        else { return }
        if let older = node.older { self.nodes[older]?.newer = node.newer } else { self.oldestNumber = node.newer }
        if let newer = node.newer { self.nodes[newer]?.older = node.older } else { self.newestNumber = node.older }
    }
}
