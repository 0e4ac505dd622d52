import JSON
import Testing

/// Messages with a few bytes changed: whatever they come to, the server answers and goes on.
struct MutationTests {
    /// Numbers that look random and are the same in every run (splitmix64).
    struct Numbers {
        private var state: UInt64

        init(seed: UInt64) { self.state = seed }

        mutating func next(below bound: Int) -> Int {
            self.state &+= 0x9E37_79B9_7F4A_7C15
            var value = self.state
            value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return Int((value ^ (value >> 31)) % UInt64(bound))
        }
    }

    private static let fragments: [String] = [
        "{", "}", "[", "]", "\"", ",", ":", "null", "true", "1e999", "-0", "\\u0000", "\\ud800", "\u{0}", "é", " ", "9",
        #""id":7,"#, #""_meta":{},"#, #""params":[],"#, #""method":"ping","#,
    ]

    /// Changes one to four places of `bytes`.
    private func mutated(_ bytes: [UInt8], _ numbers: inout Numbers) -> [UInt8] {
        var bytes = bytes
        for _ in 0...numbers.next(below: 4) {
            let place = numbers.next(below: max(1, bytes.count))
            let fragment = Array(MutationTests.fragments[numbers.next(below: MutationTests.fragments.count)].utf8)
            switch numbers.next(below: 4) {
            case 0: bytes.insert(contentsOf: fragment, at: place)
            case 1 where !bytes.isEmpty: bytes[place] = UInt8(numbers.next(below: 256))
            case 2 where !bytes.isEmpty: bytes.removeSubrange(place..<min(bytes.count, place + 1 + place % 9))
            default: bytes.append(contentsOf: bytes[place...].prefix(20))
            }
        }
        return bytes
    }

    /// Sends `request` with mutated bodies on connections that are used until the server closes them.
    private func send(_ request: Request, count: Int, seed: UInt64, to server: Server) async throws {
        var numbers = Numbers(seed: seed)
        var connection = try await server.connect()
        for _ in 0..<count {
            var mutant = request
            mutant.body = self.mutated(request.body, &numbers)
            let answer = try await connection.send(mutant.with("Accept", "application/json"))
            if answer.header("connection") == "close" { connection = try await server.connect() }
            let text = String(decoding: mutant.body, as: UTF8.self)
            #expect([200, 202, 400, 404].contains(answer.status), "\(text) → \(answer)")
            #expect(answer.status == 202 || answer.json?["jsonrpc"] == "2.0", "\(text) → \(answer)")
        }
    }

    @Test("in sessions", arguments: Wire.sessions)
    func sessions(wire: Wire) async throws {
        let client = try await Client.open(wire)
        for (index, message) in [
            RPC.request("tools/call", ["name": "greet", "arguments": ["name": "Ada"], "_meta": ["progressToken": 1]]),
            RPC.request("prompts/get", ["name": "test_prompt_with_arguments", "arguments": ["arg1": "x"]]),
            RPC.initialize("2025-11-25"), RPC.notification("notifications/cancelled", ["requestId": 1]),
        ].enumerated() {
            try await self.send(
                client.request(posting: message), count: 60, seed: UInt64(index), to: client.server)
        }
        #expect(try await client.request("ping").result == [:])
    }

    @Test("under the newest revision, on the product too")
    func modern() async throws {
        for server in [try await Server.everything, try await Server.product] {
            let requests = [
                ModernRequest.call("search_tools", ["query": "sales"], capabilities: ModernRequest.everyCapability),
                ModernRequest("resources/read", ["uri": "test://static-text"]), ModernRequest("server/discover"),
            ]
            for (index, request) in requests.enumerated() {
                try await self.send(request.request, count: 80, seed: UInt64(100 + index), to: server)
            }
            #expect(try await server.send(ModernRequest("tools/list").request).status == 200)
        }
    }

    @Test("on HTTP+SSE", arguments: Wire.sse)
    func httpSSE(wire: Wire) async throws {
        let client = try await Client.open(wire)
        var numbers = Numbers(seed: 7)
        let request = client.request(posting: RPC.request("tools/call", ["name": "greet", "arguments": ["name": "x"]]))
        for _ in 0..<100 {
            var mutant = request
            mutant.body = self.mutated(request.body, &numbers)
            #expect([202, 400].contains(try await client.server.send(mutant).status))
        }
        try await client.notify("notifications/initialized")
        let last = try await client.post(RPC.request("ping", id: "last"))
        #expect(last.status == 202)
        var answer = try await client.stream?.nextReply()
        while let message = answer, message["id"] != "last" { answer = try await client.stream?.nextReply() }
        #expect(answer?["result"] == [:])
    }

    @Test("with headers changed as well")
    func headers() async throws {
        let server = try await Server.everything
        let base = ModernRequest.call("greet", ["name": "Ada"])
        var numbers = Numbers(seed: 42)
        for _ in 0..<150 {
            var request = base.request
            let index = 2 + numbers.next(below: request.headers.count - 2)
            let value = Array(request.headers[index].value.utf8)
            let printable = self.mutated(value, &numbers).filter { (0x20...0x7E).contains($0) }
            request.headers[index].value = String(decoding: printable, as: UTF8.self)
            let answer = try await server.send(request)
            let isSame = printable == value
            #expect(answer.status == 200 || (answer.status == 400 && !isSame), "\(request.headers) → \(answer)")
            if answer.status == 200 { #expect(answer.result?["resultType"] == "complete") }
        }
    }
}
