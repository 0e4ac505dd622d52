import NIOHTTP1

extension HTTPVersion {
    /// HTTP/1.1 or later: connections persist, bodies may come in chunks, interim responses are understood.
    var isModern: Bool { self.major > 1 || (self.major == 1 && self.minor >= 1) }
}
