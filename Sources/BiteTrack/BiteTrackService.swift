package import CodeSandbox
import JSON
package import Logging
package import ModelContextProtocol
package import Observability
package import Sessions
package import TokenVault
package import UpstreamPipeline

/// Everything an agent can do with BiteTrack: tools, resources and prompts, and what is kept for each session.
package final class BiteTrackService: Sendable {
    private let sandbox: Sandbox
    private let api: APIAccess
    private let catalogue: ToolCatalogue
    private let search: ToolSearch
    private let recentAnswers = RecentAnswers()
    private let configuration: BiteTrackConfiguration
    private let callers: CallerSessions
    private let clock: ServiceClock
    private let metrics: RunMetrics
    private let logger: Logger

    /// - Parameters:
    ///   - sandbox: made with the files of `catalogue`.
    ///   - pipeline: made with ``BiteTrackRoutes/table``.
    ///   - search: made of `catalogue`; nil makes it.
    ///   - sessionClock: tells how long callers without MCP sessions have been idle.
    package init(
        configuration: BiteTrackConfiguration = BiteTrackConfiguration(), sandbox: Sandbox, pipeline: Pipeline,
        vault: TokenVault, catalogue: ToolCatalogue, search: ToolSearch? = nil, metrics: Metrics = Metrics(),
        clock: ServiceClock = .system,
        sessionClock: any Clock<Duration> = ContinuousClock(), logger: Logger
    ) {
        let api = APIAccess(pipeline: pipeline, vault: vault, clock: clock)
        self.sandbox = sandbox
        self.api = api
        self.catalogue = catalogue
        self.search = search ?? ToolSearch(catalogue)
        self.configuration = configuration
        let keptBytes = KeptBytes(limit: configuration.answers.keptBytes)
        self.callers = CallerSessions(
            limits: configuration.sessions, clock: sessionClock,
            newAccount: { id in
                SessionAccount(
                    id: id, bucket: RunBucket(perMinute: configuration.runsPerMinute, now: clock.uptime()),
                    keptBytes: keptBytes)
            },
            onEnd: { api.end($0) })
        self.clock = clock
        self.metrics = RunMetrics(metrics)
        self.logger = logger
        let definitions = self.tools.map { "\($0.name) \($0.description) \($0.inputSchema.text)" }
        self.metrics.recordSurface(bytes: definitions.joined().utf8.count + Self.instructions.utf8.count)
    }

    /// Shown to the model once, by clients that show instructions.
    package static let instructions = BiteTrackTools.instructions

    /// What the MCP server offers.
    package var features: MCPFeatures {
        let tree = TreeResources(self.catalogue, onModuleRead: self.metrics.recordModuleRead)
        var features = MCPFeatures(
            tools: self.tools, resources: tree.resources, resourceTemplates: tree.templates,
            prompts: ShopPrompts.all.map { $0.prompt(clock: self.clock, zone: self.catalogue.zone) })
        // The tree never changes: whoever wants to hear of changes is heard, and hears nothing.
        features.takesSubscriptions = true
        features.runsTasks = self.configuration.taskAfter != nil
        return features
    }

    private var tools: [Tool] {
        BiteTrackTools.make(
            BiteTrackTools.Actions(
                search: { self.searchTools($0) }, read: { self.readTools($0) }, run: { try await self.runCode($0) }),
            categories: self.catalogue.categories, taskAfter: self.configuration.taskAfter)
    }

    /// Sessions of callers that have no MCP session.
    package var sessionCount: Int { self.callers.count }

    /// Forgets what was kept for an MCP session: its token is wiped, its cache and its rates are gone.
    package func endSession(_ id: SessionID) { self.callers.end(id) }

    /// Ends idle sessions of callers without MCP session until cancelled, then all of them.
    package func run() async throws { try await self.callers.run() }

    private func searchTools(_ call: ToolCall) -> ToolResult {
        do {
            let request = try SearchRequest(call.arguments, categories: self.catalogue.categories)
            let text = self.recentAnswers.answer(to: request) {
                SearchAnswer(request, search: self.search, catalogue: self.catalogue).text
            }
            self.metrics.recordResult(of: .search, bytes: text.textBytes, isModule: request.detail == .full)
            return ToolResult(content: [.encodedText(text)])
        } catch {
            return .error("\(error)")
        }
    }

    private func readTools(_ call: ToolCall) -> ToolResult {
        do {
            let path = try ArgumentReader(call.arguments, known: ["path"]).string("path")
            let text = try ReadAnswer.text(at: path, in: self.catalogue)
            let isModule = text.contains("export ")
            self.metrics.recordResult(of: .read, bytes: text.utf8.count, isModule: isModule)
            return .text(text)
        } catch {
            return .error("\(error)")
        }
    }

    private func runCode(_ call: ToolCall) async throws -> ToolResult {
        // A call that is over already must not begin anything that its end would have ended.
        try Task.checkCancellation()
        let request: RunArguments
        let caller: CallerSessions.Found
        do {
            request = try RunArguments(call, limits: self.configuration.answers)
            caller = try self.callers.find(call.context, handle: request.session)
        } catch { return .error("\(error)") }
        let account = caller.account
        if let wait = account.takeRun(at: self.clock.uptime()) {
            self.metrics.refused.increment()
            return .error(
                "Too many runs: at most \(self.configuration.runsPerMinute) per minute. Wait "
                    + "\(CostLine.rounded(wait)), and do more in one run.")
        }
        let progress = RunProgress(call.context)
        progress.start()
        let passwords = PasswordLiterals.find(in: request.code)
        let redact: @Sendable (String) -> String = { account.redactor(with: passwords).redacted($0) }
        let console = ConsoleProgress(redact: redact, tell: progress.tell)
        let plan = request.isPlan ? RunPlan() : nil
        let host = RunHost(
            api: self.api, account: account, search: self.search, catalogue: self.catalogue,
            personalData: self.configuration.personalData, plan: plan,
            onAnswer: progress.answered, onProgress: { progress.tell(redact($0)) }, onPrint: console.printed)
        let run = RunRequest(code: request.code, owner: account.key, host: host)
        let outcome = await console.during { await self.run(run, plan) }
        let cost = CostLine(
            ledger: host.ledger, budget: self.api.pipeline.budget(session: account.key),
            duration: outcome.usage.duration)
        let redactor = account.redactor(with: passwords)
        self.callers.didRun(caller)
        if let held = plan?.held, !held.isEmpty {
            let report = PlanReport(
                needs: self.api.pipeline.needs(of: held), cached: cost.ledger.cached, budget: cost.budget,
                newHandle: caller.newHandle)
            self.metrics.recordResult(of: .run, bytes: report.text.utf8.count)
            return report.result
        }
        let result = RunReport(
            outcome: outcome, cost: cost, redactor: redactor, limits: self.configuration.answers,
            newHandle: caller.newHandle, keep: { account.keep($0, now: self.clock.uptime())?.handle }
        ).result
        self.note(
            outcome, cost, account, result, modules: ModuleImports.paths(in: request.code, of: self.catalogue).count)
        return result
    }

    /// Runs a script to its end; one that is only planned ends where it stands still.
    private func run(_ request: RunRequest, _ plan: RunPlan?) async -> RunOutcome {
        guard let plan else { return await self.sandbox.run(request) }
        return await withTaskGroup(of: RunOutcome?.self) { group in
            group.addTask { await self.sandbox.run(request) }
            group.addTask {
                try? await plan.standstill()
                return nil
            }
            var outcome: RunOutcome?
            while outcome == nil, let next = await group.next() {
                outcome = next
                group.cancelAll()
            }
            return outcome ?? RunOutcome(ending: .failure(RunFailure(.cancelled, "The run was cancelled.")))
        }
    }

    private func note(
        _ outcome: RunOutcome, _ cost: CostLine, _ account: SessionAccount, _ result: ToolResult, modules: Int
    ) {
        let name =
            switch outcome.ending {
            case .value: "value"
            case .failure(let failure): failure.code.rawValue
            }
        let bytes = result.content.reduce(0) { if case .text(let text) = $1 { $0 + text.utf8.count } else { $0 } }
        self.metrics.record(
            outcome: name, ledger: cost.ledger, duration: cost.duration, resultBytes: bytes, modules: modules)
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
