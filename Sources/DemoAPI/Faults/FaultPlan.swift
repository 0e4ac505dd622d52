/// Decides which requests go wrong.
struct FaultPlan {
    private struct Entry {
        let fault: Fault
        var requestsLeft: Int
        let pathPrefix: String
    }

    private var entries: [Entry] = []

    /// Makes the next `requests` requests below `pathPrefix` (without the API's own prefix) go wrong.
    mutating func add(_ fault: Fault, requests: Int, pathPrefix: String) {
        self.entries.append(Entry(fault: fault, requestsLeft: requests, pathPrefix: pathPrefix.lowercased()))
    }

    mutating func removeAll() { self.entries.removeAll() }

    /// What happens to a request for `path`; the first matching plan is used up first.
    mutating func next(path: String) -> Fault? {
        let path = path.lowercased()
        guard let index = self.entries.firstIndex(where: { path.hasPrefix($0.pathPrefix) }) else { return nil }
        let fault = self.entries[index].fault
        self.entries[index].requestsLeft -= 1
        if self.entries[index].requestsLeft <= 0 { self.entries.remove(at: index) }
        return fault
    }
}
