package import CodeSandbox
import JSON
package import Logging
package import ModelContextProtocol
package import Observability
package import Sessions
import Synchronization
package import TokenVault
package import UpstreamPipeline

/// Everything an agent can do with BiteTrack: the tools, and what is kept for each session.
package final class BiteTrackService: Sendable {
    private let sandbox: Sandbox
    private let api: APIAccess
    private let catalogue: ToolCatalogue
    private let search: ToolSearch
    private let runsPerMinute: Int
    private let limits: AnswerLimits
    private let clock: ServiceClock
    private let metrics: RunMetrics
    private let logger: Logger
    private let accounts = Mutex<[SessionID: SessionAccount]>([:])

    /// - Parameters:
    ///   - sandbox: made with the files of `catalogue`.
    ///   - pipeline: made with ``BiteTrackRoutes/table``.
    ///   - runsPerMinute: code runs of one session; 0 means no limit.
    package init(
        sandbox: Sandbox, pipeline: Pipeline, vault: TokenVault, catalogue: ToolCatalogue,
        runsPerMinute: Int = 10, limits: AnswerLimits = AnswerLimits(), metrics: Metrics = Metrics(),
        clock: ServiceClock = .system, logger: Logger
    ) {
        self.sandbox = sandbox
        self.api = APIAccess(pipeline: pipeline, vault: vault, clock: clock)
        self.catalogue = catalogue
        self.search = ToolSearch(catalogue)
        self.runsPerMinute = runsPerMinute
        self.limits = limits
        self.clock = clock
        self.metrics = RunMetrics(metrics)
        self.logger = logger
    }

    /// Shown to the model once, by clients that show instructions.
    package static let instructions = BiteTrackTools.instructions

    /// What the MCP server offers.
    package var tools: [Tool] {
        BiteTrackTools.make(
            BiteTrackTools.Actions(
                search: { self.searchTools($0) }, read: { self.readTools($0) }, run: { await self.runCode($0) }),
            categories: self.catalogue.categories)
    }

    /// Forgets the session: its token is wiped, its cache and its rates are gone.
    package func endSession(_ id: SessionID) {
        let account = self.accounts.withLock { $0.removeValue(forKey: id) }
        // First the end, then the wiping: a login under way finds the session ended.
        account?.end()
        self.api.vault.wipe(session: id.rawValue)
        self.api.pipeline.endSession(id.rawValue)
    }

    private func account(_ id: SessionID) -> SessionAccount {
        self.accounts.withLock { accounts in
            if let account = accounts[id] { return account }
            let bucket = RunBucket(perMinute: self.runsPerMinute, now: self.clock.uptime())
            let account = SessionAccount(id: id, bucket: bucket)
            accounts[id] = account
            return account
        }
    }

    private func searchTools(_ call: ToolCall) -> ToolResult {
        do {
            let request = try SearchRequest(call.arguments, categories: self.catalogue.categories)
            return .text(SearchAnswer(request, search: self.search, catalogue: self.catalogue).text)
        } catch {
            return .error("\(error)")
        }
    }

    private func readTools(_ call: ToolCall) -> ToolResult {
        do {
            let path = try ArgumentReader(call.arguments, known: ["path"]).string("path")
            return .text(try ReadAnswer.text(at: path, in: self.catalogue))
        } catch {
            return .error("\(error)")
        }
    }

    private func runCode(_ call: ToolCall) async -> ToolResult {
        let code: String
        do { code = try self.code(of: call.arguments) } catch { return .error("\(error)") }
        let account = self.account(call.context.session ?? SessionID(rawValue: call.context.principal.key))
        if let wait = account.takeRun(at: self.clock.uptime()) {
            self.metrics.refused.increment()
            return .error(
                "Too many runs: at most \(self.runsPerMinute) per minute. Wait "
                    + "\(CostLine.rounded(wait)), and do more in one run.")
        }
        let host = RunHost(api: self.api, account: account, search: self.search, catalogue: self.catalogue)
        let outcome = await self.sandbox.run(RunRequest(code: code, host: host))
        let cost = CostLine(
            ledger: host.ledger, budget: self.api.pipeline.budget(session: account.key),
            duration: outcome.usage.duration)
        self.note(outcome, cost, account)
        var redactor = account.redactor
        for password in PasswordLiterals.find(in: code) { redactor.add(password) }
        return RunReport(outcome: outcome, cost: cost, redactor: redactor, limits: self.limits).result
    }

    private func code(of arguments: JSONObject) throws(ArgumentError) -> String {
        let code = try ArgumentReader(arguments, known: ["code"]).string("code")
        guard code.utf8.count <= self.limits.codeBytes else {
            throw ArgumentError(
                "`code` has \(code.utf8.count) bytes; at most \(self.limits.codeBytes) are allowed. "
                    + "Read data with the tools instead of pasting it.")
        }
        guard code.contains(where: { !$0.isWhitespace }) else {
            throw ArgumentError("`code` is empty: give JavaScript whose last expression is the value.")
        }
        return code
    }

    private func note(_ outcome: RunOutcome, _ cost: CostLine, _ account: SessionAccount) {
        let name =
            switch outcome.ending {
            case .value: "value"
            case .failure(let failure): failure.code.rawValue
            }
        self.metrics.record(outcome: name, ledger: cost.ledger, duration: cost.duration)
        self.logger.info(
            "run finished",
            metadata: [
                LogKey.phase: "run", LogKey.session: "\(account.id)", LogKey.outcome: "\(name)",
                LogKey.durationMilliseconds: "\(Int(cost.duration / .milliseconds(1)))",
                LogKey.hostCalls: "\(cost.ledger.asked)", LogKey.upstreamCalls: "\(cost.ledger.upstream)",
                LogKey.cacheHits: "\(cost.ledger.cached)", LogKey.budgetRemaining: "\(cost.budget.remaining)",
            ])
    }
}
