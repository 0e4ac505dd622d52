@testable import CodeSandbox
import TestSupport
import Testing

/// The attempts that a script can make, each in a sandbox of its own: what comes of it, and that nothing comes after it.
struct EscapeTests {
    private static let keys = EscapeAttempt.limitKeys.union(["reply", "reply-error", "sees"])

    @Test("with the language", arguments: EscapeAttempt.names(of: "javascript"))
    func javascript(name: String) async throws { try await self.expectContained("javascript", name) }

    @Test("with the engine", arguments: EscapeAttempt.names(of: "engine"))
    func engine(name: String) async throws { try await self.expectContained("engine", name) }

    private func expectContained(_ level: String, _ name: String) async throws {
        let attempt = try EscapeAttempt(level: level, name: name, keys: Self.keys)
        var configuration = SandboxConfiguration()
        try attempt.limit(&configuration)
        try await withSandbox({ $0 = configuration }) { sandbox in
            let zygote = sandbox.zygoteProcessID
            let host = AttemptHost(attempt)
            let run = await sandbox.run(attempt.body, host: host)
            #expect(attempt.isContained(run), "\(attempt.tries) → \(run.shortly)")
            if let sees = attempt.settings["sees"] { #expect(host.calls == sees) }
            await Canary.expectHealthy(sandbox, after: name)
            #expect(sandbox.zygoteProcessID == zygote, "the zygote died")
        }
    }

    /// An empty folder, or one that lost files, must not pass.
    @Test(
        "the corpus is whole",
        arguments: [("javascript", 140), ("engine", 70), ("channel", 85), ("kernel", 10), ("product", 15)])
    func count(level: String, least: Int) {
        #expect(EscapeAttempt.names(of: level).count >= least)
    }
}

struct EscapeAttemptTests {
    @Test func aWholeHeaderIsRead() throws {
        let attempt = try EscapeAttempt(
            text: """
                // tries: something: else
                // contained: value {"a":1}
                // contained: failure exception "no \\"way\\""
                // contained: failure timeout
                // let X = 3 * "\\u0061b"
                // timeout: 20
                @X@ // tries: kept

                """, keys: ["timeout"])
        #expect(attempt.tries == "something: else")
        #expect(
            attempt.contained == [
                .value(#"{"a":1}"#), .failure(code: "exception", part: "no \"way\""),
                .failure(code: "timeout", part: ""),
            ])
        #expect(attempt.settings == ["timeout": "20"])
        #expect(attempt.body == "ababab // tries: kept\n")
    }

    @Test(
        "a header that does not say everything is refused",
        arguments: [
            "1", "// tries: x\n1", "// contained: value 1\n1", "// tries:\n// contained: value 1\n1",
            "// tries: x\n// contained: value {\n1", "// tries: x\n// contained: failure crash\n1",
            "// tries: x\n// contained: failure timeout words\n1", "// tries: x\n// contained: held\n1",
            "// tries: x\n// contained: value 1\n// limt: 3\n1", "// tries: x\n// contained: value 1\n// just text\n1",
            "// tries: x\n// contained: value 1\n// timeout: 1\n// timeout: 2\n1",
            "// tries: x\n// contained: value 1\n// let A = many * \"x\"\n1",
        ])
    func malformed(text: String) {
        #expect(throws: EscapeAttempt.Malformed.self) { try EscapeAttempt(text: text, keys: ["timeout"]) }
    }
}
