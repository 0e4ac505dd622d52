import JSON
import NIOCore
import NIOPosix

/// What one entry of the cache takes in memory besides its body.
struct EntryMemory {
    let entries: Int
    let bodyBytes: Int
    /// Growth of the sidecar's resident memory.
    let grownKilobytes: Int

    var bytesBesidesBody: Int { self.grownKilobytes * 1024 / self.entries - self.bodyBytes }

    struct Failed: Error, CustomStringConvertible { let description: String }

    /// Reads the small body under `count` different addresses, after a tenth as many others that fill what fills once.
    static func measure(_ count: Int, _ contest: ProxyContest) async throws -> EntryMemory {
        try await self.read(from: 0, count: max(1, count / 10), contest.own)
        guard let before = contest.ownProcess.residentKilobytes else {
            throw Failed(description: "the sidecar is gone")
        }
        let bytes = try await self.read(from: count, count: count, contest.own)
        guard let after = contest.ownProcess.residentKilobytes else { throw Failed(description: "the sidecar is gone") }
        return EntryMemory(entries: count, bodyBytes: bytes, grownKilobytes: after - before)
    }

    /// - Returns: the length of one body.
    @discardableResult
    private static func read(from first: Int, count: Int, _ target: LoadTarget) async throws -> Int {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        return try await loop.flatSubmit {
            let promise = loop.makePromise(of: Int.self)
            LoadConnection.open(target, on: loop) { result in
                switch result {
                case .failure(let error): promise.fail(error)
                case .success(let connection):
                    var next = first
                    func ask() {
                        let path = "\(Scenario.cachedSmall.path ?? "/")?entry=\(next)"
                        next += 1
                        connection.send(RequestBytes.get(path, from: target, accept: "application/json"))
                    }
                    connection.onAnswer = { result in
                        switch result {
                        case .failure(let error): promise.fail(error)
                        case .success(let answer) where answer.status != 200:
                            promise.fail(Failed(description: answer.summary))
                            connection.close()
                        case .success(let answer) where next == first + count:
                            promise.succeed(answer.bodyBytes)
                            connection.close()
                        case .success: ask()
                        }
                    }
                    ask()
                }
            }
            return promise.futureResult
        }.get()
    }

    var text: String {
        "\(self.entries) entries of \(self.bodyBytes) bytes: \(self.grownKilobytes) kB more resident,"
            + " \(self.bytesBesidesBody) bytes each besides the body"
    }

    var json: JSONValue {
        [
            "entries": JSONValue(self.entries), "bodyBytes": JSONValue(self.bodyBytes),
            "grownKilobytes": JSONValue(self.grownKilobytes), "bytesBesidesBody": JSONValue(self.bytesBesidesBody),
        ]
    }
}
