/// Which bytes of the whole a partial response holds (RFC 9111, section 3.3).
struct StoredPart: Equatable, Sendable {
    let first: Int
    let count: Int
    let completeLength: Int?
    /// The `Range` it answered: the same question has the same answer.
    let asked: String

    /// Where `range` lies within the part, and what it means of the whole; nil when it is not all here.
    func position(of range: ByteRange) -> (within: Range<Int>, whole: Range<Int>)? {
        let whole: Range<Int>
        if let length = self.completeLength {
            guard let bytes = range.bytes(of: length) else { return nil }
            whole = bytes
        } else {
            // No part reaches to the largest number there is, which cannot be counted on from.
            guard case .from(let first, through: let last?) = range, last < .max else { return nil }
            whole = first..<last + 1
        }
        guard whole.lowerBound >= self.first, whole.upperBound <= self.first + self.count else { return nil }
        return (whole.lowerBound - self.first..<whole.upperBound - self.first, whole)
    }
}
