/// Decides which reads of one list, asked for at the same time, share a request.
struct MergePlan {
    /// One request and the reads it is for, by their places in the list of all.
    enum Fetch: Equatable {
        /// The read as it was asked for.
        case alone(Int)
        /// One page that holds the pages of several reads.
        case pages([Int], page: Int, limit: Int)
        /// The first page of a stretch of days that holds those of several reads.
        case days([Int], ListRead.Days)
    }

    let maximumLimit: Int
    /// What a stretch of days is expected to hold; nil while nothing is known.
    var elementsPerDay: Double?
    /// Days merged while nothing is known.
    static let cautiousDays = 7
    /// A merged stretch may be expected to fill this share of a page: what does not fit is asked for again.
    static let expectedFill = 0.8

    /// - Parameter mergesDays: false after a merged stretch answered nobody.
    func fetches(for reads: [ListRead], mergesDays: Bool = true) -> [Fetch] {
        var (rest, fetches) = (Array(reads.indices), [Fetch]())
        if mergesDays {
            for family in self.families(rest, by: { reads[$0].dayFamily }) {
                fetches += self.stretches(of: family, reads)
            }
            let taken = Set(fetches.flatMap(\.members))
            rest.removeAll { taken.contains($0) }
        }
        for family in self.families(rest, by: { reads[$0].pageFamily }) { fetches += self.pages(of: family, reads) }
        return fetches
    }

    private func families(_ members: [Int], by key: (Int) -> [String: String]) -> [[Int]] {
        Dictionary(grouping: members, by: key).values.sorted { $0[0] < $1[0] }
    }

    // MARK: Pages

    /// The fewest pages that hold all windows.
    ///
    /// The leftmost window is covered by the page that reaches furthest; what another page would cover, that one does.
    private func pages(of family: [Int], _ reads: [ListRead]) -> [Fetch] {
        var rest = family.sorted { (reads[$0].offset, reads[$0].end, $0) < (reads[$1].offset, reads[$1].end, $1) }
        var fetches: [Fetch] = []
        while let first = rest.first {
            let (page, limit) = self.furthestPage(around: reads[first])
            let reach = page * limit
            let members = rest.filter { reads[$0].end <= reach }
            rest.removeAll { reads[$0].end <= reach }
            guard members.count > 1 else {
                fetches.append(.alone(first))
                continue
            }
            fetches.append(self.smallest(.pages(members, page: page, limit: limit), reads))
        }
        return fetches
    }

    private func furthestPage(around read: ListRead) -> (page: Int, limit: Int) {
        var best = (page: read.page, limit: read.limit)
        for limit in read.limit...max(read.limit, self.maximumLimit) {
            let page = read.offset / limit + 1
            if page * limit >= read.end, page * limit > best.page * best.limit { best = (page, limit) }
        }
        return best
    }

    /// The smallest page that still holds the same windows.
    private func smallest(_ fetch: Fetch, _ reads: [ListRead]) -> Fetch {
        let members = fetch.members
        let start = members.map { reads[$0].offset }.min() ?? 0
        let end = members.map { reads[$0].end }.max() ?? 0
        for limit in max(1, end - start)...max(end - start, self.maximumLimit) {
            let page = start / limit + 1
            if page * limit >= end { return .pages(members, page: page, limit: limit) }
        }
        return fetch
    }

    // MARK: Days

    /// Overlapping and adjacent days of several reads, as far as one page may hold them.
    private func stretches(of family: [Int], _ reads: [ListRead]) -> [Fetch] {
        // What lies beyond the first page of its own days is not in the first page of more days.
        let members = family.filter { reads[$0].days != nil && reads[$0].end <= self.maximumLimit }.sorted {
            let (left, right) = (reads[$0].days ?? 0...0, reads[$1].days ?? 0...0)
            return (left.lowerBound, left.upperBound, $0) < (right.lowerBound, right.upperBound, $1)
        }
        var (fetches, stretch, open) = ([Fetch](), nil as ListRead.Days?, [Int]())
        func close() {
            // Reads of the very same days are pages of one list, and need no luck.
            if let stretch, Set(open.map { reads[$0].days }).count > 1 { fetches.append(.days(open, stretch)) }
            open = []
        }
        for member in members {
            guard let days = reads[member].days else { continue }
            let gap = stretch.map { days.lowerBound.subtractingReportingOverflow($0.upperBound) }
            if let current = stretch, let gap, !gap.overflow, gap.partialValue <= 1 {
                let union = current.lowerBound...max(current.upperBound, days.upperBound)
                if self.mayFit(union) {
                    stretch = union
                    open.append(member)
                    continue
                }
            }
            close()
            (stretch, open) = (days, [member])
        }
        close()
        return fetches
    }

    private func mayFit(_ days: ListRead.Days) -> Bool {
        guard days.lowerBound > .min, days.upperBound < .max else { return false }
        guard let elementsPerDay = self.elementsPerDay else { return days.count <= MergePlan.cautiousDays }
        return elementsPerDay * Double(days.count) <= MergePlan.expectedFill * Double(self.maximumLimit)
    }
}

extension MergePlan.Fetch {
    var members: [Int] {
        switch self {
        case .alone(let member): [member]
        case .pages(let members, _, _), .days(let members, _): members
        }
    }

    /// What goes upstream for it.
    func request(for requests: [ResolvedRequest]) -> ResolvedRequest {
        let first = requests[self.members[0]]
        var query = first.query
        switch self {
        case .alone: return first
        case .pages(_, let page, let limit): (query["page"], query["limit"]) = (String(page), String(limit))
        case .days(_, let days):
            guard let merge = first.route.merge, let filter = merge.days else { return first }
            (query["page"], query["limit"]) = ("1", String(merge.maximumLimit))
            query[filter.start] = DateText.text(ofDay: days.lowerBound)
            query[filter.end] = DateText.text(ofDay: days.upperBound)
        }
        return first.asking(query)
    }
}
