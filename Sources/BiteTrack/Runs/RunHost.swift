import CodeSandbox
import JSON
import NIOCore
import Synchronization
import UpstreamPipeline

/// Answers what one run asks of the host, and keeps account of it.
final class RunHost: HostCalls {
    private let api: APIAccess
    private let account: SessionAccount
    private let search: ToolSearch
    private let catalogue: ToolCatalogue
    private let personalData: PersonalData
    private let sessionCalls: SessionCalls
    private let onAnswer: @Sendable (Int) -> Void
    private let onPrint: @Sendable (ConsoleLine) -> Void
    /// Set where nothing may be sent: collects what would be.
    private let plan: RunPlan?
    private let state = Mutex(RunLedger())

    /// - Parameters:
    ///   - plan: holds what would go upstream; nil sends it.
    ///   - onAnswer: called after each API call with the number of those answered so far.
    ///   - onProgress: called with what a script wants its user to see.
    ///   - onPrint: called with each console line, as it is printed.
    init(
        api: APIAccess, account: SessionAccount, search: ToolSearch, catalogue: ToolCatalogue,
        personalData: PersonalData = PersonalData(), plan: RunPlan? = nil,
        onAnswer: @escaping @Sendable (Int) -> Void = { _ in },
        onProgress: @escaping @Sendable (String) -> Void = { _ in },
        onPrint: @escaping @Sendable (ConsoleLine) -> Void = { _ in }
    ) {
        self.api = api
        self.account = account
        self.search = search
        self.catalogue = catalogue
        self.personalData = personalData
        self.sessionCalls = SessionCalls(
            account: account, vault: api.vault, clock: api.clock, progress: onProgress)
        self.plan = plan
        self.onAnswer = onAnswer
        self.onPrint = onPrint
    }

    var ledger: RunLedger { self.state.withLock { $0 } }

    func call(_ name: String, arguments: ByteBuffer) async -> HostReply {
        guard let value = try? JSONValue(parsing: Array(arguments.readableBytesView)), let object = value.objectValue
        else { return Self.refusal("The arguments of \(name.prefix(40)) must be a JSON object.") }
        switch name {
        case "callAPI": return await self.callAPI(object)
        case "searchTools": return self.searchTools(object)
        default: return Self.refusal("There is no host call \(name.prefix(40)).")
        }
    }

    func printed(_ line: ConsoleLine) { self.onPrint(line) }

    func answerAtOnce(_ name: String, arguments: ByteBuffer) -> HostReply? {
        self.plan?.heard()
        guard name == "callAPI",
            let object = (try? JSONValue(parsing: Array(arguments.readableBytesView)))?.objectValue,
            let route = object["route"]?.stringValue, !route.hasPrefix(SessionCalls.prefix)
        else { return nil }
        var arguments: JSONObject
        switch object["arguments"] {
        case .object(let object): arguments = object
        case nil, .null: arguments = JSONObject()
        case .some: return nil
        }
        // What is refused is refused at length by ``call(_:arguments:)``.
        guard let mask = (try? self.personalData.masked(&arguments)).map(Mask.init) else { return nil }
        do {
            guard let reply = try self.api.answerFromCache(route, arguments, for: self.account) else { return nil }
            self.record { $0.record(route, reply) }
            return Self.reply(reply, mask)
        } catch {
            self.record { $0.record(route, error) }
            return Self.reply(error)
        }
    }

    private func callAPI(_ request: JSONObject) async -> HostReply {
        guard let route = request["route"]?.stringValue else {
            return Self.refusal(#"callAPI(route, args): route must be a string such as "GET /sales"."#)
        }
        var arguments: JSONObject
        switch request["arguments"] {
        case .object(let object): arguments = object
        case nil, .null: arguments = JSONObject()
        case .some(let other):
            return Self.refusal("callAPI(\"\(route.prefix(60))\", args): args must be an object, not \(other.kind).")
        }
        if let plan = self.plan { return await self.planned(route, arguments, plan) }
        if route.hasPrefix(SessionCalls.prefix) {
            do { return .value(try self.sessionCalls.answer(route, arguments)) } catch { return Self.reply(error) }
        }
        do {
            let mask = Mask(fields: try self.personalData.masked(&arguments))
            let reply = try await self.api.send(route, arguments, for: self.account)
            self.record { $0.record(route, reply) }
            return Self.reply(reply, mask)
        } catch {
            self.record { $0.record(route, error) }
            return Self.reply(error)
        }
    }

    /// Holds a call that would be sent; refuses what would be refused without asking the API.
    private func planned(_ route: String, _ arguments: JSONObject, _ plan: RunPlan) async -> HostReply {
        var arguments = arguments
        do {
            if route.hasPrefix(SessionCalls.prefix) {
                return .value(try self.sessionCalls.planned(route, arguments))
            }
            if route != BiteTrackRoutes.login { _ = try self.personalData.masked(&arguments) }
            try await plan.hold(self.api.planned(route, arguments, for: self.account))
        } catch { return Self.reply(error) }
        return Self.reply(.planOver)
    }

    private func record(_ change: (inout RunLedger) -> Void) {
        let count = self.state.withLock { ledger in
            change(&ledger)
            return ledger.asked
        }
        self.onAnswer(count)
    }

    private func searchTools(_ arguments: JSONObject) -> HostReply {
        do {
            let request = try SearchRequest(arguments, categories: self.catalogue.categories)
            let answer = SearchAnswer(request, search: self.search, catalogue: self.catalogue)
            return .value(ByteBuffer(bytes: answer.json.serialized))
        } catch {
            return Self.refusal("searchTools: \(error)")
        }
    }

    /// JSON passes as it came but for what is masked; other text, such as CSV, becomes a string; nothing becomes null.
    private static func reply(_ reply: PipelineReply, _ mask: Mask) -> HostReply {
        .value(
            reply.form(mask.number) { body in
                let isJSON = reply.contentType?.contains("json") == true
                if body.readableBytes == 0 { return ByteBuffer(string: "null") }
                let bytes = Array(body.readableBytesView)
                if isJSON { return mask.json(bytes).map { ByteBuffer(bytes: $0) } ?? body }
                let text = String(decoding: mask.csv(bytes) ?? bytes, as: UTF8.self)
                return ByteBuffer(bytes: JSONValue.string(text).serialized)
            })
    }

    static func reply(_ error: PipelineError) -> HostReply {
        var object: JSONObject = [
            "message": .string(error.message), "status": JSONValue(error.status), "code": .string(error.code.rawValue),
        ]
        object["retryAfter"] = error.retryAfter.map { JSONValue(Int(($0 / .seconds(1)).rounded(.up))) }
        object["hint"] = error.hint.map { .string($0) }
        return .error(ByteBuffer(bytes: JSONValue.object(object).serialized))
    }

    private static func refusal(_ message: String) -> HostReply {
        Self.reply(PipelineError(.invalidArguments, origin: .caller, status: 400, message: message))
    }
}
