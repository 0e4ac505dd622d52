import NIOHTTP1

/// Brings stored headers up to date with those of a 304 or HEAD response (RFC 9111, section 3.2).
enum HeaderUpdate {
    /// Fields that speak of the bytes of the body, which have not changed here.
    private static let kept: Set<String> = ["content-length", "content-encoding", "content-range"]

    /// Fields that speak to the one client whose request brought the news, whatever `Cache-Control` says.
    static let personal: Set<String> = ["set-cookie", "set-cookie2"]

    /// - Parameter left: further fields of the news to leave out, in lower case.
    static func updated(_ stored: HTTPHeaders, with news: HTTPHeaders, leavingOut left: Set<String> = []) -> HTTPHeaders
    {
        let unstored = HopByHop.unstored(news).union(self.kept).union(left)
        var result = stored
        // The age belonged to the old response.
        result.remove(name: "age")
        var replaced: Set<String> = []
        for (name, value) in news {
            let lower = name.lowercased()
            guard !unstored.contains(lower) else { continue }
            if replaced.insert(lower).inserted { result.remove(name: name) }
            result.add(name: name, value: value)
        }
        return result
    }
}
