/// What status codes mean to a cache (RFC 9110, section 15; RFC 9111, section 3).
enum StatusRules {
    /// May be reused without a word about freshness (RFC 9110, section 15.1). 206 is not among them here: a part is
    /// kept only when its freshness is explicit.
    static func isHeuristicallyCacheable(_ status: Int) -> Bool {
        [200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501].contains(status)
    }

    /// Codes whose requirements this cache knows, for `must-understand` (RFC 9111, section 5.2.2.3).
    static func isUnderstood(_ status: Int) -> Bool {
        [
            200, 203, 204, 206, 300, 301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 410, 414, 421, 451, 500, 501,
            502, 503, 504,
        ].contains(status)
    }

    /// Whether the answer depends on conditions of its request, or speaks only of the exchange, and so answers no other
    /// request.
    static func isBoundToRequest(_ status: Int) -> Bool { [304, 407, 408, 412, 416, 417, 431].contains(status) }

    /// Whether a stored answer may stand in for this one (RFC 5861, section 4).
    static func isServerFailure(_ status: Int) -> Bool { [500, 502, 503, 504].contains(status) }

    static func hasNoBody(_ status: Int) -> Bool { status == 204 || status == 304 }
}
