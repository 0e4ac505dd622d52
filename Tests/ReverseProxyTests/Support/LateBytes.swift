import HTTPServer
import Testing
import WireTestSupport

/// Sends `late` on a connection to the origin that is at rest; the requests after it must get answers of their own.
func sendLate(_ late: String, by origin: RawOrigin, to server: HTTPServer) async throws {
    let get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
    let ok = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n"
    let client = try await RawClient.connect(port: server.port)
    try await client.send(get)
    let first = try await origin.accept()
    try await first.receive(until: "\r\n\r\n")
    try await first.send(ok + "abc")
    try await client.receive(until: "abc")
    try await Task.sleep(for: .milliseconds(100))
    try await first.send(late)
    try await Task.sleep(for: .milliseconds(50))
    try await client.send(get)
    let next = try await origin.accept()
    try await next.receive(until: "\r\n\r\n")
    try await next.send(ok + "de1")
    try await client.receive(until: "de1")
    // The sound connection is used again.
    try await client.send(get)
    try await next.receive(until: "\r\n\r\n", count: 2)
    try await next.send(ok + "de2")
    try await client.receive(until: "de2")
    #expect(!client.content.contains("EVIL") && client.content.ranges(of: "HTTP/1.1 200").count == 3)
}
