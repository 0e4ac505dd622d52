import JSON
import TestSupport
import Testing

/// The clients people have against a server with every feature: what one side sends, the other one understands.
struct EveryFeatureTests {
    @Test("every client uses every feature of its revision", arguments: RealClient.all)
    func features(client: RealClient) async throws {
        let server = try await Everything()
        let seen = try await client.take("everything", url: server.url, certificate: server.certificate)

        #expect(seen["connected"]?["revision"]?.stringValue == client.revision)
        #expect(seen["connected"]?["server"] == "mcp-everything")
        self.content(seen, client)
        self.duringCalls(seen, client)
        self.questions(seen, client)
        self.connection(seen, client)
        if client.revision == "2026-07-28" { self.tasks(seen, client) }
        // What was given up does not run on, and nothing holds the server back.
        let end = await server.stop()
        #expect(end.code == 0 && end.took < .seconds(5), "\(end)")
    }

    private func content(_ seen: Steps, _ client: RealClient) {
        #expect(seen.list("tools").contains("test_simple_text"))
        #expect(seen.isError("call") == false && !seen.text("call").isEmpty)
        #expect(seen["mixed"]?["kinds"] == ["text", "image", "resource"])
        // Content that a revision does not know becomes text.
        #expect(seen["audio"]?["kinds"] == [client.revision > "2024-11-05" ? "audio" : "text"])
        #expect(seen["link"]?["kinds"] == [client.revision >= "2025-06-18" ? "resource_link" : "text"])
        #expect(Set(seen.list("resources")).isSuperset(of: ["test://static-text", "test://static-binary"]))
        #expect(seen.list("templates").contains("test://template/{id}/data"))
        #expect(seen["read"]?.arrayValue?.first?.arrayValue?.first == "text/plain")
        #expect(seen["binary"]?.arrayValue?.first?.arrayValue?.first == "image/png")
        #expect(seen["template"]?.text.contains("123") == true)
        // Clients up to 2025-11-25 know a code of its own for this.
        #expect(seen["missing"]?["code"] == (client.revision == "2026-07-28" ? -32602 : -32002))
        #expect(seen.list("prompts").contains("test_prompt_with_arguments"))
        let prompt = seen.list("prompt").joined()
        #expect(prompt.contains("espresso") && prompt.contains("tonic"), "\(prompt)")
        if client.revision > "2024-11-05" { #expect(seen.list("complete") == ["test", "testing"]) }

        #expect(seen.isError("error") == true && !seen.text("error").isEmpty)
        #expect(seen["unknown"]?["code"] == -32602)
        let structured = client.revision >= "2025-06-18"
        #expect(seen["object"]?["structured"]?["conditions"] == (structured ? "sunny" : nil))
        #expect(seen.text("object").contains("sunny"))
        #expect(seen.text("array").contains("1") && seen.isError("array") == false)
        switch client.revision {
        case "2026-07-28": #expect(seen["array"]?["structured"] == [1, 2, 3])
        case "2025-06-18"...: #expect(seen["array"]?["structured"] == ["result": [1, 2, 3]])
        default: #expect(seen["array"]?["structured"]?.isNull == true)
        }
        #expect(seen.text("header") == "region: köln")
    }

    private func duringCalls(_ seen: Steps, _ client: RealClient) {
        let progress = seen["progress"]?["seen"]?.arrayValue?.compactMap { $0.arrayValue?.first?.doubleValue } ?? []
        #expect(progress.count >= 3 && progress == progress.sorted(), "\(progress)")
        #expect(seen["logging"]?.arrayValue?.count == 3)
        #expect(seen["logging"]?.arrayValue?.allSatisfy { $0.arrayValue?.first == "info" } == true)
    }

    private func questions(_ seen: Steps, _ client: RealClient) {
        if client.revision >= "2025-06-18" {
            #expect(seen["accepted"]?["asked"] == ["Who is it?"])
            #expect(seen["accepted"]?["named"] == true && seen.isError("accepted") == false, "\(seen.text("accepted"))")
            #expect(seen["declined"]?["asked"] == ["Who is it?"])
            #expect(seen["declined"]?["named"] == false, "\(seen.text("declined"))")
            #expect(seen.count("rounds", "asked") == 2)
            #expect(seen["rounds"]?["named"] == true, "\(seen.text("rounds"))")
            #expect(seen.text("state").contains("state-ok, confirmed"))
            // 2025-06-18 has defaults for flags only: there the user fills in the name.
            let name = client.revision == "2025-06-18" ? "wanda" : "John Doe"
            #expect(seen.text("defaults").contains(name) && seen.text("defaults").contains("true"))
            #expect(seen.text("choices").contains("option1") && seen.text("choices").contains("value1"))
            #expect(seen.list("asking prompt").joined().contains("wanda"))
        } else {
            // These revisions have no forms: the tool says so instead of asking.
            #expect(seen["unasked"]?["asked"] == [] && seen.isError("unasked") == true, "\(seen.text("unasked"))")
        }
        for step in ["bare form", "bare need"] {
            if client.revision == "2026-07-28" {
                #expect(seen[step]?["code"] == -32021 && seen[step]?["data"]?["requiredCapabilities"] != nil)
            } else {
                #expect(seen.isError(step) == true && !seen.text(step).isEmpty)
            }
        }
        #expect(seen["sampling"]?["asked"] == ["What will it be?"])
        #expect(seen["sampling"]?["replied"] == true, "\(seen.text("sampling"))")
        #expect(seen.count("roots", "asked") == 1)
        #expect(seen["roots"]?["rooted"] == true, "\(seen.text("roots"))")
    }

    private func connection(_ seen: Steps, _ client: RealClient) {
        if client.revision == "2025-11-25", client.transport != .sse {
            #expect(seen.count("resume", "resumed") ?? 0 >= 1)
            #expect(seen.isError("resume") == false && !seen.text("resume").isEmpty)
        }
        if client.revision == "2026-07-28" {
            #expect(seen["changed"] == "ToolsListChanged")
        } else {
            #expect(seen["changed"] == ["ToolListChangedNotification"])
        }
        #expect(seen["watched"] == "test://watched-resource")
        #expect(seen["at once"]?["greeted"] == 20)
        let parallel = seen["at once"]?["progress"]?.arrayValue ?? []
        #expect(parallel.count == 5)
        #expect(parallel.allSatisfy { $0.arrayValue?.compactMap(\.doubleValue) == [0, 50, 100] }, "\(parallel)")
        #expect(seen["cancel"]?["after"] == false)
        // On 2026-07-28 the client hangs up instead.
        #expect(seen["cancel"]?["notified"] == (client.revision == "2026-07-28" ? 0 : 1))
        #expect(seen["versions"] == [client.transport == .http2 ? "HTTP/2" : "HTTP/1.1"])
        let wire = seen.list("wire")
        if client.transport != .sse, client.revision < "2026-07-28" {
            #expect(wire.contains("GET \(client.revision)"))
            #expect(
                seen["closed"] == ["DELETE", 200] || seen["closed"] == ["DELETE", 204], "\(seen["closed"]?.text ?? "")")
        }
        #expect(wire.contains { $0.hasPrefix("POST initialize") } == (client.revision < "2026-07-28"))
    }

    private func tasks(_ seen: Steps, _ client: RealClient) {
        #expect(seen.text("task immediate").contains("wanda"))
        #expect(seen.isError("task completed") == false && seen.text("task completed").contains("beans"))
        #expect(seen.isError("task failing") == true)
        #expect(seen["task input"]?["named"] != nil && seen.count("task input", "asked") == 1)
        #expect(seen.text("task input").contains("Deleted menu.txt"))
        #expect(seen.count("task inputs", "asked") == 2)
        // Each of the tasks above was polled at least once.
        #expect(seen["task wire"]?["get"]?.intValue ?? 0 >= 6)
        #expect(seen["task wire"]?["update"]?.intValue ?? 0 >= 2)
        #expect(seen["task wire"]?["cancel"] == 1)
    }
}
