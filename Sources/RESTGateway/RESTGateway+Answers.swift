import HTTPServer
import HTTPSyntax
import NIOCore
import NIOHTTP1
import UpstreamPipeline

extension RESTGateway {
    /// An answer of the API, from wherever it came.
    func response(_ reply: PipelineReply, _ inquiry: Inquiry, _ request: HTTPRequest) -> HTTPResponse {
        var response = HTTPResponse(status: HTTPResponseStatus(statusCode: reply.status))
        for field in reply.fields?.others ?? [] { response.headers.add(name: field.name, value: field.value) }
        if inquiry.isRead {
            self.addFreshness(reply, to: &response.headers)
            if reply.status == 200, request.method == .GET || request.method == .HEAD {
                let tag = reply.entityTag ?? EntityTag.weak(of: reply.body)
                response.headers.add(name: "etag", value: tag)
                if EntityTag.isKnown(tag, to: request.headers) {
                    response.status = .notModified
                    self.addAccount(inquiry, CacheStatus.text(reply, isRead: true), to: &response.headers)
                    return response
                }
            }
        } else {
            response.headers.add(name: "cache-control", value: "no-store")
            if let tag = reply.entityTag { response.headers.add(name: "etag", value: tag) }
        }
        if let type = reply.fields?.contentType ?? reply.contentType {
            response.headers.add(name: "content-type", value: type)
        }
        if let packed = reply.packed, AcceptEncoding(request.headers["accept-encoding"]).prefersGzip {
            response.headers.add(name: "content-encoding", value: "gzip")
            response.headers.add(name: "vary", value: "Accept-Encoding")
            response.body = packed
        } else {
            response.body = reply.body
        }
        self.addAccount(inquiry, CacheStatus.text(reply, isRead: inquiry.isRead), to: &response.headers)
        return response
    }

    func response(_ error: PipelineError, _ inquiry: Inquiry) -> HTTPResponse {
        var response =
            error.word == nil
            ? ErrorAnswer.response(error) : ErrorAnswer.response(error.status, error: error.word, error.message)
        response.headers.add(name: "cache-control", value: "no-store")
        self.addAccount(inquiry, CacheStatus.text(error, isRead: inquiry.isRead), to: &response.headers)
        return response
    }

    /// The client may keep an answer for as long as it may be given here, and for nobody but its user.
    private func addFreshness(_ reply: PipelineReply, to headers: inout HTTPHeaders) {
        headers.add(name: "vary", value: "Authorization")
        switch reply.source {
        case .cache(let age), .stale(let age):
            headers.add(name: "age", value: String(Int((age / .seconds(1)).rounded(.down))))
        case .upstream, .coalesced, .batched: break
        }
        guard let freshFor = reply.freshFor else {
            return headers.add(name: "cache-control", value: "no-store")
        }
        // `max-age` counts from when the answer was made, which `Age` tells.
        let age: Duration =
            switch reply.source {
            case .cache(let age), .stale(let age): age
            case .upstream, .coalesced, .batched: .zero
            }
        let lifetime = max(0, Int(((freshFor + age) / .seconds(1)).rounded(.down)))
        headers.add(name: "cache-control", value: "private, max-age=\(lifetime)")
    }

    /// How the answer came about, and what is left to spend.
    private func addAccount(_ inquiry: Inquiry, _ status: String, to headers: inout HTTPHeaders) {
        headers.add(name: "cache-status", value: status)
        guard let bucket = inquiry.call.client?.bucket else { return }
        let (own, shared) = self.pipeline.budgets(of: bucket)
        BudgetFields.add(own, shared, window: self.configuration.window, now: self.epochNow, to: &headers)
    }
}

/// What is left to spend, in the fields of the IETF's draft and in the API's own.
enum BudgetFields {
    /// - Parameters:
    ///   - shared: the API's window; nil while nothing is known of it.
    ///   - now: seconds since 1970.
    static func add(_ own: Budget, _ shared: Budget?, window: Duration, now: Int, to headers: inout HTTPHeaders) {
        var (limits, policies) = (
            [self.limit("session", own)], ["\"session\";q=\(own.limit);w=\(Int(window / .seconds(1)))"]
        )
        if let shared {
            limits.append(self.limit("upstream", shared))
            policies.append("\"upstream\";q=\(shared.limit)")
        }
        headers.add(name: "ratelimit", value: limits.joined(separator: ", "))
        headers.add(name: "ratelimit-policy", value: policies.joined(separator: ", "))
        let least = shared.map { $0.remaining < own.remaining ? $0 : own } ?? own
        headers.add(name: "x-ratelimit-limit", value: String(least.limit))
        headers.add(name: "x-ratelimit-remaining", value: String(least.remaining))
        headers.add(name: "x-ratelimit-reset", value: String(now + self.seconds(least.resetsIn)))
    }

    private static func limit(_ name: String, _ budget: Budget) -> String {
        "\"\(name)\";r=\(budget.remaining);t=\(self.seconds(budget.resetsIn))"
    }

    private static func seconds(_ duration: Duration) -> Int { Int((duration / .seconds(1)).rounded(.up)) }
}
