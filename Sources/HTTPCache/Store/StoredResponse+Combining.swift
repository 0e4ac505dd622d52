import NIOCore
import NIOHTTP1

extension StoredResponse {
    /// This part and another of the same representation as one, or as the whole once nothing is missing (RFC 9111, section
    /// 3.4; RFC 9110, section 15.3.7.3).
    ///
    /// - Parameter older: what this one brings up to date.
    /// - Returns: nil when they are not surely of one representation, leave a gap, or become larger than `limitBytes`.
    func combined(
        with older: StoredResponse, limitBytes: Int, sharing table: CommonLineTable
    ) -> StoredResponse? {
        guard let own = self.part, let other = older.part, let length = own.completeLength,
            other.completeLength == length, self.facts.flags.contains(.hasStrongETag),
            older.facts.flags.contains(.hasStrongETag), self.value(of: "etag") == older.value(of: "etag"),
            self.selectors == older.selectors, older.isKept(under: self.key)
        else { return nil }
        let (mine, others) = (own.first..<own.first + own.count, other.first..<other.first + other.count)
        guard mine.lowerBound <= others.upperBound, others.lowerBound <= mine.upperBound else { return nil }
        let union = min(mine.lowerBound, others.lowerBound)..<max(mine.upperBound, others.upperBound)
        guard union.count <= limitBytes, union.upperBound <= length else { return nil }
        let (front, back) = (max(0, mine.lowerBound - others.lowerBound), max(0, others.upperBound - mine.upperBound))
        let (ownBody, otherBody) = (self.body, older.body)
        guard ownBody.readableBytes == mine.count, otherBody.readableBytes == others.count else { return nil }
        var body = ByteBuffer()
        body.reserveCapacity(union.count)
        body.writeImmutableBuffer(otherBody.getSlice(at: otherBody.readerIndex, length: front) ?? ByteBuffer())
        body.writeImmutableBuffer(ownBody)
        body.writeImmutableBuffer(otherBody.getSlice(at: otherBody.writerIndex - back, length: back) ?? ByteBuffer())
        return self.replaced(by: body, union, of: length, bringingUpToDate: older, sharing: table)
    }

    private func replaced(
        by body: ByteBuffer, _ bytes: Range<Int>, of length: Int, bringingUpToDate older: StoredResponse,
        sharing table: CommonLineTable
    ) -> StoredResponse? {
        let isWhole = bytes == 0..<length
        // An answer to If-Range leaves out what its client has.
        var headers = HeaderUpdate.updated(older.headers, with: self.headers)
        headers.remove(name: "content-range")
        var facts = self.facts
        if headers.contains(name: "last-modified") { facts.flags.insert(.hasLastModified) }
        if isWhole {
            facts.status = 200
        } else {
            headers.add(name: "content-range", value: "bytes \(bytes.lowerBound)-\(bytes.upperBound - 1)/\(length)")
        }
        return StoredResponse.make(
            Parts(
                facts: facts, key: self.key, selectors: self.selectors, groups: Array(Set(self.groups + older.groups)),
                headers: headers,
                body: body, plainBytes: body.readableBytes,
                part: isWhole
                    ? nil
                    : StoredPart(
                        first: bytes.lowerBound, count: bytes.count, completeLength: length,
                        asked: "bytes=\(bytes.lowerBound)-\(bytes.upperBound - 1)"),
                leniency: self.leniency), sharing: table)
    }
}
