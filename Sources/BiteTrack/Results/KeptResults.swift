import NIOCore

/// Big values one session keeps between its runs, under short names.
struct KeptResults: Sendable {
    struct Entry: Sendable, Equatable {
        let handle: String
        /// JSON text.
        let json: ByteBuffer
        let expiresAt: Duration

        var bytes: Int { self.json.readableBytes }
    }

    /// Bytes of one session; the oldest value goes first.
    static let mostBytes = 8 * 1024 * 1024
    /// How long a value is kept, from when it was kept or last opened.
    static let lifetime = Duration.seconds(1800)

    private(set) var entries: [Entry] = []
    private var count = 0

    var bytes: Int { self.entries.reduce(0) { $0 + $1.bytes } }

    /// Keeps a value; nil when it is too big by itself.
    ///
    /// - Parameter now: time since an epoch of the caller's choice, as in all functions here.
    mutating func keep(_ json: ByteBuffer, now: Duration) -> Entry? {
        guard json.readableBytes <= Self.mostBytes else { return nil }
        self.expire(now: now)
        self.count += 1
        let entry = Entry(handle: "r\(self.count)", json: json, expiresAt: now + Self.lifetime)
        self.entries.append(entry)
        while self.bytes > Self.mostBytes { self.entries.removeFirst() }
        return entry
    }

    /// The value of a name, which is then kept for its whole time again.
    mutating func open(_ handle: String, now: Duration) -> Entry? {
        self.expire(now: now)
        guard let index = self.entries.firstIndex(where: { $0.handle == handle }) else { return nil }
        let entry = self.entries.remove(at: index)
        let renewed = Entry(handle: handle, json: entry.json, expiresAt: now + Self.lifetime)
        self.entries.append(renewed)
        return renewed
    }

    mutating func expire(now: Duration) { self.entries.removeAll { $0.expiresAt <= now } }
}
