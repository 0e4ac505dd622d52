/// Adds doubles and keeps the rounding errors, as the database's `$sum` and `$avg` do.
struct CompensatedSum {
    private var sum = 0.0
    private var error = 0.0

    mutating func add(_ value: Double) {
        // Knuth's TwoSum: the exact error of one addition.
        let total = self.sum + value
        let part = total - self.sum
        let lost = (self.sum - (total - part)) + (value - part)
        self.error += lost
        self.sum = total
    }

    var value: Double { self.sum + self.error }
}

extension Sequence where Element == Double {
    var compensatedSum: Double {
        var sum = CompensatedSum()
        for element in self { sum.add(element) }
        return sum.value
    }
}
