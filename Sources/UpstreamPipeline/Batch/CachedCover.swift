import NIOCore

/// Answers a read of a paged list from kept answers to larger reads of the same list.
enum CachedCover {
    /// Body of the answer, byte for byte as the upstream would give it; nil where `answer` does not hold all of it.
    ///
    /// - Parameter known: what `answer` was asked with.
    static func body(
        for request: ResolvedRequest, from known: ResolvedRequest, _ answer: ResponseCache.Answer
    ) -> ByteBuffer? {
        guard let merge = request.route.merge, let wanted = ListRead(request), let held = ListRead(known) else {
            return nil
        }
        if held.pageFamily == wanted.pageFamily, held.offset <= wanted.offset {
            return MergedAnswer(answer.body, merge: merge)?.body(forPage: wanted)
        }
        guard held.dayFamily == wanted.dayFamily, held.page == 1, let days = wanted.days,
            let stretch = self.days(of: known, held, merge), stretch.lowerBound <= days.lowerBound,
            stretch.upperBound >= days.upperBound
        else { return nil }
        return MergedAnswer(answer.body, merge: merge)?.body(for: wanted, request, within: stretch)
    }

    /// The days an answer is about: all there are where it was asked for none.
    private static func days(of known: ResolvedRequest, _ read: ListRead, _ merge: Merge) -> ListRead.Days? {
        guard let filter = merge.days else { return nil }
        if let days = read.days { return days }
        return known.query[filter.start] == nil && known.query[filter.end] == nil ? Int.min...Int.max : nil
    }
}

extension ResolvedRequest {
    /// The read of the same path that is kept under `key`; nil for another path.
    func read(under key: String) -> ResolvedRequest? {
        let start = "\(self.method) \(self.path)"
        guard key.hasPrefix(start) else { return nil }
        let rest = key.dropFirst(start.count)
        guard rest.isEmpty || rest.first == "?" else { return nil }
        var query: [String: String] = [:]
        for pair in rest.dropFirst().split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let name = PercentEncoding.decode(parts[0]),
                let value = PercentEncoding.decode(parts[1])
            else { return nil }
            query[name] = value
        }
        return self.asking(query)
    }
}
