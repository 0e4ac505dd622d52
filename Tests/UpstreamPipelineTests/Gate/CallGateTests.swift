import TokenVault
import Testing

@testable import UpstreamPipeline

struct CallGateTests {
    private let gate = CallGate()
    private let token = Secret("t")

    @Test("lets reads and session calls pass", arguments: [Samples.sales, Samples.login, Samples.settle])
    func passes(route: Route) throws { try self.gate.check(route, token: self.token) }

    @Test("refuses writes, logged in or not", arguments: [Samples.createSale, Samples.clean])
    func writes(route: Route) throws {
        for token in [nil, self.token] {
            let error = try #require(throws: PipelineError.self) { try self.gate.check(route, token: token) }
            #expect(error.code == .writeRefused && error.status == 403 && error.origin == .caller)
        }
    }

    @Test("says which writes could run elsewhere and which never do")
    func wording() throws {
        let confirm = try #require(throws: PipelineError.self) {
            try self.gate.check(Samples.createSale, token: self.token)
        }
        #expect(confirm.message.contains("writes are not enabled here"))
        let forbidden = try #require(throws: PipelineError.self) {
            try self.gate.check(Samples.clean, token: self.token)
        }
        #expect(forbidden.message.contains("never called"))
    }

    @Test("asks for a login before anything is sent, and says how", arguments: [Samples.sales, Samples.drops])
    func login(route: Route) throws {
        let error = try #require(throws: PipelineError.self) { try self.gate.check(route, token: nil) }
        #expect(error.code == .notLoggedIn && error.status == 401 && error.origin == .caller)
        #expect(error.hint?.contains("import * as auth from \"./tools/auth\"") == true)
        #expect(error.hint?.contains("await auth.login({ email, password })") == true)
    }

    @Test("names the roles a route needs")
    func roles() throws {
        let error = try #require(throws: PipelineError.self) { try self.gate.check(Samples.drops, token: nil) }
        #expect(error.message.contains("role admin or superadmin"))
        #expect(Route.Access.open.description == "nobody in particular")
    }

    @Test("open routes need no login", arguments: [Samples.health, Samples.login])
    func open(route: Route) throws { try self.gate.check(route, token: nil) }
}
