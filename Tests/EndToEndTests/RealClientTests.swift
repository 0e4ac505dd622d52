import JSON
import TestSupport
import Testing

/// The clients people have, against the product and against a server with every feature.
struct RealClientTests {
    @Test("every client finds a tool, reads it and runs code", arguments: RealClient.all)
    func product(client: RealClient) async throws {
        let demo = try await Demo.start()
        let seen = try await client.take(
            "product", url: demo.url, certificate: demo.certificate, account: [demo.email, demo.password])

        #expect(seen["connected"]?["revision"]?.stringValue == client.revision)
        #expect(seen["connected"]?["server"] == "bitetrack-sidecar")
        #expect(Set(seen.list("tools")).isSuperset(of: ["search_tools", "read_tools", "run_code"]))
        #expect(seen.text("search").contains("tools/sales/getSales.js"))
        #expect(seen.text("tree").contains("tools/sales/"))
        #expect(seen.text("module").contains("export async function getSales"))

        #expect(seen.isError("run") == false)
        #expect(seen.text("run").hasPrefix("2\n") && seen.text("run").contains("hi"), "\(seen.text("run"))")
        // Revisions before 2025-06-18 know text only.
        let value = seen["run"]?["structured"]?["value"]
        #expect(client.revision < "2025-06-18" ? value == nil : value == 2)
        #expect(seen.isError("broken") == true && seen.text("broken").contains("SyntaxError"))
        #expect(seen["unknown"]?["code"] == -32602)

        // Logged in by one run, asked by the next.
        #expect(seen.isError("asked") == false, "\(seen["asked"]?.text ?? "")")
        #expect(seen.text("asked").hasPrefix("[3,true]"), "\(seen.text("asked"))")
        #expect(seen["asked"]?["handle"]?.boolValue == (client.revision == "2026-07-28"))
        #expect(seen["asked"]?["progress"]?.intValue ?? 0 >= 2)
        // What the client gave up was stopped, long before it would have ended.
        #expect(demo.sidecar.log.contains(#""outcome":"cancelled""#), "\(demo.sidecar.log)")
        self.resources(seen)
        self.prompts(seen, client)
        #expect(await demo.sidecar.stop() == 0)
    }

    @Test(
        "a run that takes long goes on as a task",
        arguments: RealClient.all.filter { $0.mode == "auto" && $0.transport == .http })
    func tasks(client: RealClient) async throws {
        let folder = try TemporaryFolder()
        let configuration = try folder.write("proxy.conf", "[mcp]\ntask_after_ms = 300\n")
        let demo = try await Demo.start(["--config", configuration])
        let seen = try await client.take("slow_runs", url: demo.url, certificate: demo.certificate)
        #expect(seen.text("quick").hasPrefix("2\n"))
        #expect(seen.isError("slow") == false && seen.text("slow").hasPrefix("42\n"), "\(seen.text("slow"))")
        #expect(seen["slow"]?["structured"]?["value"] == 42)
        #expect(seen["stopped"]?.text.contains("cancelled") == true, "\(seen["stopped"]?.text ?? "")")
        #expect(seen["wire"]?["get"]?.intValue ?? 0 >= 2 && seen["wire"]?["cancel"] == 1)
    }

    private func resources(_ seen: Steps) {
        #expect(seen.list("resources").contains("bitetrack://tools/sales/getSales.js"))
        #expect(seen.list("templates") == ["tools", "lib", "workflows"].map { "bitetrack://\($0)/{+path}" })
        let file = seen["read"]?.arrayValue?.first?.arrayValue
        #expect(file?.first == "text/javascript")
        #expect(file?.last?.stringValue?.contains("export async function getSales") == true)
        #expect(seen["folder"]?.text.contains("getSaleById") == true)
    }

    private func prompts(_ seen: Steps, _ client: RealClient) {
        #expect(seen.list("prompts").contains("low_stock_order"))
        #expect(seen.list("prompt").joined().contains("await lowStockOrder({ threshold: 5 });"))
        let asking = seen.list("asking prompt").joined()
        if client.revision >= "2025-06-18" {
            #expect(seen["forms"]?.arrayValue?.count == 1 && !asking.contains("First ask the user"), "\(asking)")
        } else {
            #expect(seen["forms"] == [] && asking.contains("First ask the user"), "\(asking)")
        }
    }
}
