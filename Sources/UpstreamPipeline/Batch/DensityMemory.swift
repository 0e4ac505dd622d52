/// How many elements lists had for each day, so that merged days are likely to fit on one page.
struct DensityMemory {
    /// Families remembered; one more and all are forgotten.
    private static let most = 256
    private var elementsPerDay: [[String: String]: Double] = [:]

    func expected(_ family: [String: String]) -> Double? { self.elementsPerDay[family] }

    /// Learns from an answer; the last one counts.
    mutating func learn(_ family: [String: String], elements: Int, days: ListRead.Days?) {
        guard let days, days.lowerBound > .min, days.upperBound < .max else { return }
        if self.elementsPerDay.count >= DensityMemory.most, self.elementsPerDay[family] == nil {
            self.elementsPerDay.removeAll()
        }
        self.elementsPerDay[family] = Double(elements) / Double(days.count)
    }
}
