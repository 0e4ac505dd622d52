extension Timestamp: CustomStringConvertible {
    /// ISO 8601 in UTC with milliseconds, as JavaScript's `toISOString` prints it.
    package var description: String {
        var bytes: [UInt8] = []
        self.append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    func append(to bytes: inout [UInt8]) {
        let civil = self.civil
        self.appendDay(civil, to: &bytes)
        bytes.append(UInt8(ascii: "T"))
        self.appendTime(civil, to: &bytes)
        bytes.append(UInt8(ascii: "."))
        bytes.append(digits: civil.millisecond, count: 3)
        bytes.append(UInt8(ascii: "Z"))
    }

    /// `YYYY-MM-DD` of the UTC day.
    var dayText: String {
        var bytes: [UInt8] = []
        self.appendDay(self.civil, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `HH:MM:SS` in UTC.
    var timeText: String {
        var bytes: [UInt8] = []
        self.appendTime(self.civil, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func appendDay(_ civil: CivilDate, to bytes: inout [UInt8]) {
        if (0...9999).contains(civil.year) {
            bytes.append(digits: civil.year, count: 4)
        } else {
            bytes.append(UInt8(ascii: civil.year < 0 ? "-" : "+"))
            bytes.append(digits: abs(civil.year), count: 6)
        }
        bytes.append(UInt8(ascii: "-"))
        bytes.append(digits: civil.month, count: 2)
        bytes.append(UInt8(ascii: "-"))
        bytes.append(digits: civil.day, count: 2)
    }

    private func appendTime(_ civil: CivilDate, to bytes: inout [UInt8]) {
        bytes.append(digits: civil.hour, count: 2)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(digits: civil.minute, count: 2)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(digits: civil.second, count: 2)
    }
}

extension [UInt8] {
    /// Appends the last `count` decimal digits of `number`, zero padded.
    fileprivate mutating func append(digits number: Int, count: Int) {
        var divisor = 1
        for _ in 1..<count { divisor *= 10 }
        for _ in 0..<count {
            self.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }
}
