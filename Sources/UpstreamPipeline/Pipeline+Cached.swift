import JSON
import NIOCore
import Synchronization

extension Pipeline {
    /// Answers one call if that takes neither a request nor any waiting.
    ///
    /// Of a script's call, the token need not be there where ``PipelineCall/login`` is.
    ///
    /// - Returns: nil for a call that must be sent, or that the gate refuses; it has not been counted then.
    /// - Throws: what ``send(_:)`` would throw at once: arguments that do not fit, or a 404 that is remembered.
    package func answerFromCache(_ call: PipelineCall) throws(PipelineError) -> PipelineReply? {
        let request: ResolvedRequest
        do throws(PipelineError) { request = try self.routes.resolve(call, prefix: self.prefix) } catch {
            self.state.withLock { $0.counters.refused += 1 }
            throw error
        }
        guard request.route.writeClass == .read,
            request.route.access == .open || call.token != nil || call.login != nil
        else { return nil }
        let reply: PipelineReply?
        if let pick = request.route.pick {
            reply = try self.picked(pick, request, call)
        } else if request.isShareable {
            switch self.look(request, call) {
            case .hit(let hit): reply = PipelineReply(Read(hit))
            case .refusal(let refusal):
                self.state.withLock { $0.counters.asked += 1 }
                throw refusal
            case .miss: reply = nil
            }
        } else {
            reply = nil
        }
        if reply != nil { self.state.withLock { $0.counters.asked += 1 } }
        return reply
    }

    /// One element, out of lists that are all in the cache; nil when one of them is not.
    private func picked(
        _ pick: Pick, _ request: ResolvedRequest, _ call: PipelineCall
    ) throws(PipelineError) -> PipelineReply? {
        let id = call.arguments[pick.parameter]?.stringValue?.lowercased() ?? ""
        var page = 1
        while true {
            let list = pick.read(ofPage: page, for: call)
            guard case .hit(let hit) = self.look(try self.routes.resolve(list, prefix: self.prefix), list) else {
                return nil
            }
            if let element = hit.answer.content.element(id, pick) {
                var reply = PipelineReply(
                    status: 200, contentType: hit.answer.contentType, body: element, source: .cache(age: hit.age))
                (reply.fields, reply.freshFor) = (hit.answer.fields, hit.freshFor)
                return reply
            }
            guard pick.pages != nil, hit.answer.hasNextPage else {
                self.state.withLock { $0.counters.asked += 1 }
                throw pick.absence(exchanges: 0)
            }
            page += 1
        }
    }
}

extension Pick {
    /// The read of the list, or of one of its pages, that may hold the element.
    func read(ofPage page: Int, for call: PipelineCall) -> PipelineCall {
        var arguments: JSONObject = [:]
        if let pages = self.pages { arguments = ["page": JSONValue(page), "limit": JSONValue(pages.limit)] }
        var list = call
        (list.route, list.arguments) = (self.list, arguments)
        return list
    }

    /// What is said of an element that no page holds.
    func absence(exchanges: Int) -> PipelineError {
        var error = PipelineError(
            .notFound, origin: .upstream, status: 404, message: "\(self.noun) not found",
            hint: "it may have been deleted; \(self.list) lists all there are")
        error.exchanges = exchanges
        return error
    }
}

extension ResponseCache.Answer {
    /// Whether a paged list goes on after this page.
    var hasNextPage: Bool {
        let value = try? JSONValue(parsing: Array(self.body.readableBytesView))
        return value?["pagination"]?["hasNextPage"]?.boolValue ?? false
    }
}
