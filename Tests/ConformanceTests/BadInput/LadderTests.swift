import JSON
import Testing

/// The checks of a self-describing request: what each refuses, and which one wins.
struct LadderTests {
    /// One thing wrong with a request, and how it is refused.
    struct Fault: Sendable, CustomTestStringConvertible {
        let name: String
        let refusal: Refusal
        /// The check that finds it; those from 4 on may come in any order among themselves.
        let step: Int
        let apply: @Sendable (inout ModernRequest) -> Void
        var testDescription: String { self.name }
    }

    private static func fault(
        _ name: String, _ refusal: Refusal, step: Int, _ apply: @escaping @Sendable (inout ModernRequest) -> Void
    ) -> Fault {
        Fault(name: name, refusal: refusal, step: step, apply: apply)
    }

    static let faults: [Fault] = [
        fault("no clientCapabilities", .malformedMeta, step: 1) {
            $0 = $0.meta(ModernRequest.capabilitiesKey, nil)
        },
        fault("clientCapabilities is a list", .malformedMeta, step: 1) {
            $0 = $0.meta(ModernRequest.capabilitiesKey, ["elicitation"])
        },
        fault("clientCapabilities is null", .malformedMeta, step: 1) {
            $0 = $0.meta(ModernRequest.capabilitiesKey, .null)
        },
        fault("protocolVersion is a number", .malformedMeta, step: 1) {
            $0 = $0.meta(ModernRequest.versionKey, 20260728)
        },
        fault("no version header", .headerMismatch, step: 2) { $0 = $0.header("MCP-Protocol-Version", nil) },
        fault("an older version in the header", .headerMismatch, step: 2) {
            $0 = $0.header("MCP-Protocol-Version", "2025-11-25")
        },
        fault("an unknown version in the header", .headerMismatch, step: 2) {
            $0 = $0.header("MCP-Protocol-Version", "v999.0.0")
        },
        fault("an unknown version in the body", .headerMismatch, step: 2) {
            $0 = $0.meta(ModernRequest.versionKey, "v999.0.0")
        },
        fault("an unknown version in both", .unsupportedVersion, step: 3) {
            $0 = $0.meta(ModernRequest.versionKey, "v999.0.0").header("MCP-Protocol-Version", "v999.0.0")
        },
        fault("another method in the header", .headerMismatch, step: 4) { $0 = $0.header("Mcp-Method", "ping") },
        fault("no method in the header", .headerMismatch, step: 4) { $0 = $0.header("Mcp-Method", nil) },
        fault("another name in the header", .headerMismatch, step: 5) { $0 = $0.header("Mcp-Name", "greet") },
        fault("no name in the header", .headerMismatch, step: 5) { $0 = $0.header("Mcp-Name", nil) },
        fault("an unknown method", .unknownMethod, step: 6) {
            $0.method = "unknown/method"
            $0 = $0.header("Mcp-Method", "unknown/method")
        },
        fault("a capability is missing", .missingCapability, step: 7) {
            $0.params = $0.params.with("name", "test_missing_capability")
            $0 = $0.header("Mcp-Name", "test_missing_capability")
        },
        fault("an unknown tool", .invalidParameters, step: 9) {
            $0.params = $0.params.with("name", "no_such_tool")
            $0 = $0.header("Mcp-Name", "no_such_tool")
        },
    ]

    /// Pairs of faults of which one must win; later faults are put in first, as headers follow the body.
    static let pairs = faults.flatMap { first in
        faults.filter { second in
            guard first.step < second.step else { return false }
            // Two faults that undo or become each other.
            if first.step == 2, second.step == 3 { return false }
            if first.name.hasPrefix("protocolVersion"), second.step == 3 { return false }
            // Steps 4 to 8 have no order among themselves.
            if first.step >= 4, second.step < 9 { return false }
            return !(first.step >= 5 && second.step == 9)
        }
        .map { (first, $0) }
    }

    private static let base = ModernRequest.call("test_simple_text").id("ladder")

    @Test("one thing wrong gets its own refusal, as JSON, with the id", arguments: faults)
    func single(fault: Fault) async throws {
        let request = LadderTests.base.with(fault.apply)
        let server = try await Server.everything
        fault.refusal.expect(try await server.send(request.request), id: "ladder")
        if fault.step < 9 {
            let streamed = try await server.send(request.header("Accept", "text/event-stream").request)
            #expect(streamed.status == fault.refusal.status && streamed.contentType == "application/json")
        }
    }

    @Test("of two things wrong the earlier check wins", arguments: pairs)
    func pair(first: Fault, second: Fault) async throws {
        let request = LadderTests.base.with(second.apply).with(first.apply)
        first.refusal.expect(
            try await Server.everything.send(request.request), id: "ladder", "\(first.name), \(second.name)")
    }

    @Test("a version that the header and the body disagree about is a mismatch, even if nobody serves either")
    func mismatchBeforeVersion() async throws {
        let request = LadderTests.base.meta(ModernRequest.versionKey, "v999.0.0")
            .header("MCP-Protocol-Version", "v998.0.0")
        Refusal.headerMismatch.expect(try await Server.everything.send(request.request), id: "ladder")
    }

    @Test("what is needed in _meta is named", arguments: [nil, .null, [:], [], "meta"] as [JSONValue?])
    func missingMeta(meta: JSONValue?) async throws {
        let server = try await Server.everything
        let message = RPC.request("server/discover", JSONValue.object([:]).with("_meta", meta), id: 5)
        var request = ModernRequest("server/discover").request
        request.body = message.serialized
        let answer = try await server.send(request)
        Refusal.malformedMeta.expect(answer, id: 5)
        let text = answer.error?["message"]?.stringValue ?? ""
        #expect(text.contains("protocolVersion") || text.contains("_meta"), "\(text)")
    }

    @Test("without params the newest revision in the header makes the request malformed, not old")
    func missingParams() async throws {
        for params in [nil, [:]] as [JSONValue?] {
            for server in [try await Server.everything, try await Server.product] {
                var request = ModernRequest("server/discover").request
                request.body = RPC.request("server/discover", params, id: 6).serialized
                Refusal.malformedMeta.expect(try await server.send(request), id: 6)
            }
        }
    }

    @Test("_meta without a version is malformed under the newest header")
    func missingVersion() async throws {
        let request = LadderTests.base.meta(ModernRequest.versionKey, nil)
        let answer = try await Server.everything.send(request.request)
        Refusal.malformedMeta.expect(answer, id: "ladder")
        #expect(answer.error?["message"]?.stringValue?.contains("protocolVersion") == true, "\(answer)")
    }

    @Test("a header that nobody has heard of is refused on a request without _meta")
    func unknownHeader() async throws {
        let client = try await Client.open(.session)
        for version in ["v999.0.0", "2026-07-29", "latest"] {
            let request = client.request(posting: RPC.request("ping")).with("MCP-Protocol-Version", version)
            #expect(try await client.server.send(request).status == 400)
        }
    }

    @Test("a revision with sessions cannot be spoken without one", arguments: Revision.legacy)
    func oldVersionInMeta(revision: Revision) async throws {
        let request = LadderTests.base.meta(ModernRequest.versionKey, .string(revision.rawValue))
            .header("MCP-Protocol-Version", revision.rawValue)
        let answer = try await Server.everything.send(request.request)
        Refusal.unsupportedVersion.expect(answer, id: "ladder")
        let supported = answer.error?["data"]?["supported"]?.arrayValue ?? []
        #expect(!supported.isEmpty && !supported.contains(.string(revision.rawValue)))
    }

    @Test("every refusal carries the id with its type", arguments: [0, "0", -1, "", "ä🙂"] as [JSONValue])
    func identifiers(id: JSONValue) async throws {
        let server = try await Server.everything
        for fault in LadderTests.faults {
            let answer = try await server.send(LadderTests.base.with(fault.apply).id(id).request)
            #expect(answer.reply?["id"] == id, "\(fault.name)")
        }
    }
}
