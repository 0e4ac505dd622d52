/// Requests to a cache as they might come, the same ones at every run.
///
/// Three kinds are mixed. Visitors ask for targets by Zipf's law, and what is popular drifts. A till asks for the same few
/// pages over and over, each sale for its own receipt and the receipt before. And now and then a report or crawler walks
/// through thousands of targets once.
struct TraceGenerator {
    struct Request: Hashable {
        let target: Int
        /// 200 bytes to 60 KiB, small ones more often.
        let bytes: Int
    }

    private var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    private var cumulative: [Double]
    private let targets: Int
    private var drift = 0

    /// - Parameter skew: Zipf's exponent; web traffic has 0.6 to 1.
    init(targets: Int, skew: Double) {
        self.targets = targets
        var sum = 0.0
        self.cumulative = (1...targets).map { rank in
            sum += 1 / power(Double(rank), skew)
            return sum
        }
        for index in self.cumulative.indices { self.cumulative[index] /= sum }
    }

    mutating func trace(count: Int) -> [Request] {
        var requests: [Request] = []
        var receipt = 10_000_000
        var scan = 20_000_000
        while requests.count < count {
            if requests.count % 40_000 > 36_000 {
                requests.append(self.request(scan))
                scan += 1
                continue
            }
            if requests.count.isMultiple(of: 20_000) { self.drift += self.targets / 50 }
            switch self.random() % 10 {
            case 0:
                // A sale: the menu, a new receipt, the one before.
                requests += [1, receipt, receipt - 1].map { self.request($0 + 0) }
                receipt += 1
            default: requests.append(self.request((self.zipf() + self.drift) % self.targets))
            }
        }
        return requests
    }

    private mutating func random() -> UInt64 {
        self.state ^= self.state << 13
        self.state ^= self.state >> 7
        self.state ^= self.state << 17
        return self.state
    }

    private mutating func zipf() -> Int {
        let point = Double(self.random() >> 11) / Double(1 << 53)
        var (low, high) = (0, self.cumulative.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if self.cumulative[middle] < point { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func request(_ target: Int) -> Request {
        var hash = UInt64(truncatingIfNeeded: target) &* 0xBF58_476D_1CE4_E5B9
        hash ^= hash >> 31
        let size = 200 << (hash % 9)
        return Request(target: target, bytes: size + Int(hash >> 40) % size)
    }
}

/// `base` to a power, without a mathematics library: by square roots of the exponent's binary digits.
private func power(_ base: Double, _ exponent: Double) -> Double {
    var (result, rest, root, weight) = (1.0, exponent, base, 1.0)
    for _ in 0..<48 {
        if rest >= weight {
            result *= root
            rest -= weight
        }
        root = root.squareRoot()
        weight /= 2
    }
    return result
}
