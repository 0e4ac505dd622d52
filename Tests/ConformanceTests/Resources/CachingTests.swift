import JSON
import Testing

/// Caching hints of the newest revision.
struct CachingTests {
    @Test("every cacheable result says for how long and for whom, on the product too")
    func hints() async throws {
        for server in [try await Server.everything, try await Server.product] {
            let client = try await Client.open(.modern, server)
            for method in WireRules.cacheable.sorted() where method != "resources/read" {
                let reply = try await client.request(method)
                #expect(reply.result?["ttlMs"]?.isInteger == true, "\(method): \(reply)")
                #expect(["public", "private"].contains(reply.result?["cacheScope"]?.stringValue), "\(method)")
            }
            let resources = try await client.request("resources/list").result?["resources"]
            let uri = try #require(resources?[0]?["uri"])
            let read = try await client.request("resources/read", ["uri": uri])
            #expect(read.result?["ttlMs"]?.isInteger == true && read.result?["cacheScope"] != nil)
        }
    }

    @Test("all pages of a list have the same scope")
    func pages() async throws {
        let client = try await Client.open(.modern)
        var scopes: Set<JSONValue> = []
        var cursor: JSONValue?
        repeat {
            let page = try await client.request("tools/list", cursor.map { ["cursor": $0] } ?? [:])
            scopes.insert(page.result?["cacheScope"] ?? .null)
            cursor = page.result?["nextCursor"]
        } while cursor != nil
        #expect(scopes.count == 1 && !scopes.contains(.null))
    }

    @Test("errors and other results carry none")
    func elsewhere() async throws {
        let client = try await Client.open(.modern, capabilities: ModernRequest.elicitation)
        let asked = try await client.call("test_input_required_result_elicitation")
        #expect(asked.resultType == "input_required")
        #expect(asked.result?["ttlMs"] == nil && asked.result?["cacheScope"] == nil)
        let error = try await client.request("resources/read", ["uri": "test://no-such-resource"])
        #expect(error.error?["data"]?["ttlMs"] == nil && error.message["ttlMs"] == nil)
    }
}
