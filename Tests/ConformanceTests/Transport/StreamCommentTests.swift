import Testing

/// Comments that keep idle streams open.
struct StreamCommentTests {
    @Test("idle streams of every kind carry a comment now and then", .timeLimit(.minutes(1)))
    func comments() async throws {
        _ = try await Server.everything
        #expect(try await SharedPrograms.idleStreams.value == [true, true, true])
    }
}
