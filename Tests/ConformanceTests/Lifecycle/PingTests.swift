import JSON
import Testing

struct PingTests {
    @Test("a ping is answered with exactly {}", arguments: Wire.legacy)
    func ping(wire: Wire) async throws {
        let client = try await Client.open(wire)
        #expect(try await client.request("ping").result == [:])
        #expect(try await client.request("ping", id: "text").result == [:])
    }
}
