import JSON
import Testing

/// Comments that keep idle streams open.
struct KeepAliveTests {
    /// How long after the first wait a comment must have come; the documents ask for one each 15 to 30 seconds.
    private static let limit = Duration.seconds(31)

    @Test("idle streams of every kind carry a comment now and then", .timeLimit(.minutes(1)))
    func comments() async throws {
        let server = try await Server.everything
        let client = try await Client.open(.session)
        let requests = [
            Request.stream("/sse"), client.streamRequest,
            ModernRequest("subscriptions/listen", ["notifications": ["toolsListChanged": true]]).request,
        ]
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for request in requests {
                group.addTask {
                    let stream = try await server.open(request)
                    guard stream.status == 200 else { return false }
                    return try await stream.nextComment(within: KeepAliveTests.limit) != nil
                }
            }
            for try await isAlive in group { #expect(isAlive) }
        }
    }
}
