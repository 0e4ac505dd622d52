import CodeSandbox
import JSON
import Logging
import NIOCore
import Sessions
import Synchronization
import Testing
import TokenVault
import UpstreamPipeline

@testable import BiteTrack

struct RunHostTests {
    /// A header and claims `{"id":"64b0000000000000000000a2","role":"admin","iat":1000,"exp":2000}`, unsigned.
    static let token =
        "eyJhbGciOiJIUzI1NiJ9."
        + "eyJpZCI6IjY0YjAwMDAwMDAwMDAwMDAwMDAwMDBhMiIsInJvbGUiOiJhZG1pbiIsImlhdCI6MTAwMCwiZXhwIjoyMDAwfQ.c2lnbmF0dXJl"

    /// A host over the real pipeline and vault, before a scripted upstream.
    private struct Bench {
        let transport: ScriptedTransport
        let vault: TokenVault
        let pipeline: Pipeline
        let account: SessionAccount
        let host: RunHost

        init(now: Int = 1500, _ answer: @escaping ScriptedTransport.Answer) throws {
            self.transport = ScriptedTransport(answer)
            self.vault = try TokenVault()
            self.pipeline = Pipeline(
                configuration: PipelineConfiguration(origin: "http://upstream.test"), routes: BiteTrackRoutes.table,
                transport: self.transport, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            self.account = SessionAccount(
                id: SessionID(rawValue: "session"), bucket: RunBucket(perMinute: 10, now: .zero))
            let catalogue = try ToolCatalogue.load()
            self.host = RunHost(
                api: APIAccess(
                    pipeline: self.pipeline, vault: self.vault,
                    clock: ServiceClock(seconds: { now }, uptime: { .zero })),
                account: self.account, search: ToolSearch(catalogue), catalogue: catalogue)
        }

        func call(_ name: String, _ arguments: String) async -> (value: JSONValue?, error: JSONValue?) {
            switch await self.host.call(name, arguments: ByteBuffer(string: arguments)) {
            case .value(let body): (try? JSONValue(parsing: String(buffer: body)), nil)
            case .error(let body): (nil, try? JSONValue(parsing: String(buffer: body)))
            }
        }

        func logIn() async -> (value: JSONValue?, error: JSONValue?) {
            await self.call(
                "callAPI",
                #"{"route":"POST /auth/login","arguments":{"email":"admin@demo.test","password":"hunter22"}}"#)
        }
    }

    @Sendable
    private static func upstream(_ request: TransportRequest) throws(PipelineError) -> TransportResponse {
        switch request.target {
        case "/api/v2/auth/login":
            ScriptedTransport.json(
                200,
                [
                    "token": .string(RunHostTests.token),
                    "seller": ["firstName": "Demo", "lastName": "Admin", "role": "admin"],
                ])
        case "/api/v2/sellers":
            ScriptedTransport.json(
                401, ["error": "Unauthorized", "message": "Invalid token", "statusCode": 401])
        default: ScriptedTransport.json(200, ["sales": []])
        }
    }

    @Test("a login puts the token into the vault and tells only who it is")
    func login() async throws {
        let bench = try Bench(Self.upstream)
        let answer = await bench.logIn()
        #expect(answer.value?.text == #"{"role":"admin","name":"Demo Admin","expiresAt":"1970-01-01T00:33:20.000Z"}"#)
        #expect(try bench.vault.token(session: "session")?.reveal { $0 } == Self.token)
        #expect(bench.vault.identity(session: "session")?.userID == "64b0000000000000000000a2")
        #expect(bench.account.redactor.redacted("hunter22") == "[redacted]")
        #expect(bench.host.ledger.upstream == 1)
    }

    @Test("calls carry the token, answers come from cache, both are counted")
    func calls() async throws {
        let bench = try Bench { request throws(PipelineError) in
            if request.target.contains("/sales") {
                guard request.token?.reveal({ $0 }) == Self.token else {
                    return ScriptedTransport.json(401, ["message": "Invalid token"])
                }
            }
            return try Self.upstream(request)
        }
        _ = await bench.logIn()
        for _ in 0..<2 {
            let answer = await bench.call("callAPI", #"{"route":"GET /sales","arguments":{"settled":false}}"#)
            #expect(answer.value?.text == #"{"sales":[]}"#)
        }
        #expect(bench.transport.requests == ["POST /api/v2/auth/login", "GET /api/v2/sales?settled=false"])
        #expect(bench.host.ledger.upstream == 2 && bench.host.ledger.cached == 1)
        #expect(bench.host.ledger.entries.map(\.result) == ["200", "200", "200 from cache"])
    }

    @Test("a new login forgets what the old one had read")
    func loginClearsCache() async throws {
        let bench = try Bench(Self.upstream)
        for _ in 0..<2 {
            _ = await bench.logIn()
            _ = await bench.call("callAPI", #"{"route":"GET /sales"}"#)
        }
        #expect(bench.transport.requests.count == 4)
    }

    @Test("without a login nothing is sent, and the error says how to log in")
    func notLoggedIn() async throws {
        let bench = try Bench(Self.upstream)
        let error = await bench.call("callAPI", #"{"route":"GET /sales","arguments":null}"#).error
        #expect(error?["status"] == 401 && error?["code"] == "notLoggedIn")
        #expect(error?["hint"]?.stringValue?.contains("login({ email, password })") == true)
        #expect(bench.transport.requests.isEmpty)
    }

    @Test("an expired login is wiped before anything is sent")
    func expired() async throws {
        let bench = try Bench(now: 2000, Self.upstream)
        _ = await bench.logIn()
        let error = await bench.call("callAPI", #"{"route":"GET /sales"}"#).error
        #expect(error?["message"] == "The login has expired: log in again.")
        #expect(bench.vault.identity(session: "session") == nil)
        #expect(bench.transport.requests.count == 1)
    }

    @Test("a refused token says to log in again, and is kept: the API answers so when its database is away, too")
    func unauthorized() async throws {
        let bench = try Bench(Self.upstream)
        _ = await bench.logIn()
        let error = await bench.call("callAPI", #"{"route":"GET /sellers"}"#).error
        #expect(error?["status"] == 401 && error?["code"] == "unauthorized")
        #expect(error?["hint"]?.stringValue?.contains("login({ email, password })") == true)
        #expect(bench.vault.identity(session: "session") != nil)
    }

    @Test("a role that is not enough is refused without a request")
    func role() async throws {
        let bench = try Bench(Self.upstream)
        _ = await bench.logIn()
        let error = await bench.call("callAPI", #"{"route":"GET /sellers/pending"}"#).error
        #expect(error?["status"] == 403)
        #expect(
            error?["message"]
                == "GET /sellers/pending needs the role superadmin; Demo Admin is logged in as admin.")
        #expect(bench.transport.requests.count == 1)
    }

    @Test("a wrong password says so and stores nothing")
    func wrongPassword() async throws {
        let bench = try Bench { _ throws(PipelineError) in
            ScriptedTransport.json(401, ["error": "Unauthorized", "message": "Invalid email or password"])
        }
        let error = await bench.logIn().error
        #expect(error?["message"] == "Invalid email or password")
        #expect(error?["hint"] == "Check email and password with the user; do not guess.")
        #expect(bench.vault.identity(session: "session") == nil)
        #expect(bench.account.redactor.redacted("hunter22") == "[redacted]")
    }

    @Test(
        "an answer without a readable token is an error that shows none of it",
        arguments: [
            #"{"seller":{}}"#, #"{"token":"abc"}"#, #"{"token":"a.b.c"}"#, #"{"token":5}"#, "[]",
        ])
    func unreadableLogin(body: String) async throws {
        let bench = try Bench { _ throws(PipelineError) in
            TransportResponse(
                status: 200, headers: [("content-type", "application/json")], body: ByteBuffer(string: body))
        }
        let error = await bench.logIn().error
        #expect(error?["code"] == "badResponse")
        #expect(error?["message"]?.stringValue?.contains("a.b.c") == false)
    }

    @Test("a login that comes back after the session's end leaves no token behind")
    func endedSession() async throws {
        let bench = try Bench(Self.upstream)
        bench.account.end()
        let error = await bench.logIn().error
        #expect(error?["message"] == "The session ended during the login.")
        #expect(bench.vault.identity(session: "session") == nil)
    }

    @Test("a text answer arrives as a string")
    func csv() async throws {
        let bench = try Bench { request throws(PipelineError) in
            if request.target.hasPrefix("/api/v2/reporting") {
                return TransportResponse(
                    status: 200, headers: [("content-type", "text/csv")], body: ByteBuffer(string: "a,b\n1,\"2\""))
            }
            return try Self.upstream(request)
        }
        _ = await bench.logIn()
        let answer = await bench.call("callAPI", #"{"route":"GET /reporting/sales/export"}"#)
        #expect(answer.value == .string("a,b\n1,\"2\""))
    }

    @Test(
        "hostile calls get an error, not a crash",
        arguments: [
            ("callAPI", "", "must be a JSON object"), ("callAPI", "[]", "must be a JSON object"),
            ("callAPI", "{}", "route must be a string"), ("callAPI", #"{"route":5}"#, "route must be a string"),
            ("callAPI", #"{"route":"GET /sales","arguments":[]}"#, "args must be an object, not an array"),
            ("callAPI", #"{"route":"GET /nowhere"}"#, "GET /nowhere"),
            (
                "callAPI",
                #"{"route":"DELETE /customers/{id}","arguments":{"id":"64b0000000000000000000a2"}}"#,
                "writes are not enabled"
            ),
            ("searchTools", "{}", "`query` is missing"), ("other", "{}", "no host call other"),
        ])
    func hostile(name: String, arguments: String, message: String) async throws {
        let bench = try Bench(Self.upstream)
        let error = await bench.call(name, arguments).error
        #expect(error?["message"]?.stringValue?.contains(message) == true, "\(error?.text ?? "no error")")
        #expect((error?["status"]?.intValue ?? 0) >= 400)
        #expect(bench.transport.requests.isEmpty)
    }

    @Test("scripts can search the tools")
    func searchTools() async throws {
        let bench = try Bench(Self.upstream)
        let found = await bench.call("searchTools", #"{"query":"list waste","limit":1}"#).value
        #expect(found?.arrayValue?.first?["path"] == "tools/inventory-drops/getInventoryDrops.js")
    }
}
