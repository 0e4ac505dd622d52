import NIOHTTP1

/// How the client learns where a body that comes in pieces ends, and whether that is true.
enum BodyFraming: Equatable {
    /// The head said how many bytes there are; this many are still to come.
    case length(remaining: Int)
    case chunked
    /// HTTP/1.0 knows no chunks: the end of the connection is the end of the body.
    case untilClose
    /// HTTP/2 has frames of its own.
    case frames

    /// Counts bytes that go out; false when there are more than was said.
    mutating func take(_ bytes: Int) -> Bool {
        guard case .length(let remaining) = self else { return true }
        self = .length(remaining: remaining - bytes)
        return bytes <= remaining
    }

    /// Whether the body may end here.
    var mayEnd: Bool {
        guard case .length(let remaining) = self else { return true }
        return remaining == 0
    }
}
