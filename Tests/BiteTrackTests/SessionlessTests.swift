import DemoAPI
import JSON
import Sessions
import Testing
import TokenVault

@testable import BiteTrack

/// Clients of 2026-07-28, which have no MCP session.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct SessionlessTests {
    private static let rows = """
        import { getSales } from "./tools/sales/getSales.js";
        (await getSales({ limit: 1 })).pagination.totalSales > 0;
        """

    @Test("an anonymous caller stays logged in with the handle of the first result, and only with it")
    func handle() async throws {
        try await ServiceBench.with { bench in
            let first = try await bench.run(ServiceBench.login + Self.rows, handle: nil)
            #expect(first.value == true, "\(first.text)")
            let handle = try #require(first.session)
            #expect(first.text.hasSuffix("\nsession: \(handle) (pass it as `session` in later runs to stay logged in)"))
            #expect(bench.vault.identity(session: handle)?.role == "admin")

            let second = try await bench.run(Self.rows, handle: handle)
            #expect(second.value == true && second.session == nil && !second.everything.contains(handle))

            let stranger = try await bench.run(Self.rows, handle: nil)
            #expect(stranger.isError && stranger.text.contains("Not logged in"), "\(stranger.text)")
            #expect(stranger.session != nil && stranger.session != handle)
            #expect(!bench.logs.text.contains(handle))
        }
    }

    @Test("a handle that names no session of the caller says what to do, and runs nothing")
    func wrongHandle() async throws {
        try await ServiceBench.with { bench in
            let first = try await bench.run(ServiceBench.login, handle: nil)
            let handle = try #require(first.session)
            for (wrong, principal) in [
                ("nonsense", Principal.anonymous), (handle, Principal(authorization: "Bearer x")),
            ] {
                let answer = try await bench.run(Self.rows, handle: wrong, as: principal)
                #expect(answer.isError && answer.text.contains("leave it out"), "\(answer.text)")
            }
            let kind = try await bench.call("run_code", ["code": "1", "session": 7], .test())
            #expect(kind.isError && kind.text == "`session` must be a string, not a number.")
            // Models fill in what they do not have.
            for empty: JSONValue in ["", nil] {
                let answer = try await bench.call("run_code", ["code": "1", "session": empty], .test())
                #expect(answer.value == 1 && answer.session != nil)
            }
            // An MCP session needs none and minds none.
            #expect(
                try await bench.call("run_code", ["code": "1", "session": 7], session: "one").value == 1)
            #expect(bench.api.requestCounts["GET /sales"] == nil)
        }
    }

    @Test("the end of an idle session takes its login along")
    func expiry() async throws {
        try await ServiceBench.with { bench in
            let handle = try #require(try await bench.run(ServiceBench.login, handle: nil).session)
            #expect(bench.service.sessionCount == 1)
            bench.sessionClock.elapsed.value = .seconds(30 * 60)
            let answer = try await bench.run(Self.rows, handle: handle)
            #expect(answer.isError && answer.text.contains("log in again"), "\(answer.text)")
            #expect(bench.vault.identity(session: handle) == nil && bench.service.sessionCount == 0)
        }
    }

    @Test("a bearer token stands for one session, with its login, its cache and its rate")
    func bearer() async throws {
        try await ServiceBench.with(runsPerMinute: 3) { bench in
            let (one, two) = (Principal(authorization: "Bearer one"), Principal(authorization: "Bearer two"))
            let first = try await bench.run(ServiceBench.login + Self.rows, handle: nil, as: one)
            #expect(first.value == true && first.session == nil, "\(first.text)")
            #expect(!first.text.contains("session:"))
            let second = try await bench.run(Self.rows, handle: nil, as: one)
            #expect(second.value == true && second.text.contains("1 from cache"), "\(second.text)")
            let other = try await bench.run(Self.rows, handle: nil, as: two)
            #expect(other.isError && other.text.contains("Not logged in"), "\(other.text)")
            _ = try await bench.run("1", handle: nil, as: one)
            let refused = try await bench.run("1", handle: nil, as: one)
            #expect(refused.isError && refused.text.hasPrefix("Too many runs"), "\(refused.text)")
            #expect(try await bench.run("1", handle: nil, as: two).value == 1)
        }
    }
}
