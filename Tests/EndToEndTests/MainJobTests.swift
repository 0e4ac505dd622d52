import Foundation
import JSON
import TestSupport
import Testing

/// The job everything is for, done by the MCP Python SDK over HTTPS.
struct MainJobTests {
    @Test("an agent logs in, finds a tool and runs code; the second run costs nothing", arguments: ["http", "sse"])
    func mainJob(transport: String) async throws {
        let demo = try await Demo.start()
        let url = transport == "http" ? demo.url : demo.url.replacing("/mcp", with: "/sse")
        let days = Day.range
        let client = try await Command.run(
            Project.python,
            [
                Project.client("main_job.py"), transport, url, demo.certificate, demo.email, demo.password, days.start,
                days.end,
            ], seconds: 90)
        try #require(client.status == 0, "\(client.errors)\n\(demo.sidecar.log)")
        let seen = try JSONValue(parsing: client.output.trimmingCharacters(in: .whitespacesAndNewlines))

        #expect(seen["tools"] == ["search_tools", "read_tools", "run_code"])
        let search = seen["search"]?["text"]?.arrayValue?.first?.stringValue ?? ""
        #expect(search.contains("tools/sales/getSales.js"))
        #expect(
            seen["read"]?["text"]?.arrayValue?.first?.stringValue?.contains("export async function getSales") == true)

        let first = try #require(seen["first"])
        #expect(first["isError"]?.boolValue == false, "\(first.text)")
        let value = try #require(first["structured"]?["value"]?.doubleValue)
        #expect(value > 0)
        let firstText = first["text"]?.arrayValue?.first?.stringValue ?? ""
        #expect(firstText.contains("Found "), "console lines are in the first block")
        #expect(firstText.contains("upstream"), "the cost is in the first block")

        let second = try #require(seen["second"])
        #expect(second["structured"]?["value"]?.doubleValue == value)
        #expect(second["text"]?.arrayValue?.first?.stringValue?.contains("no upstream calls") == true, "\(second.text)")

        #expect(seen["wrongPassword"]?["isError"]?.boolValue == true)
        let broken = seen["broken"]?["text"]?.arrayValue?.first?.stringValue ?? ""
        #expect(broken.contains("SyntaxError") && broken.contains("line 3"), "\(broken)")

        #expect(await demo.sidecar.stop() == 0)
        for (place, text) in [("client", client.output + client.errors), ("log", demo.sidecar.log)] {
            #expect(!text.contains(demo.password), "the password is in the \(place)")
            #expect(!text.contains("eyJ"), "a token is in the \(place)")
        }
    }
}

/// Days around now, as scripts name them.
enum Day {
    static var range: (start: String, end: String) {
        let formatter = ISO8601DateFormatter()
        formatter.formatOptions = [.withFullDate]
        return (
            formatter.string(from: Date(timeIntervalSinceNow: -30 * 86_400)),
            formatter.string(from: Date(timeIntervalSinceNow: 86_400))
        )
    }
}
