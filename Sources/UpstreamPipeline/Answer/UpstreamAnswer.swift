import JSON
import NIOCore

/// Tells a usable answer from every other, and says whose fault the others are.
struct UpstreamAnswer {
    let response: TransportResponse
    let route: Route
    /// This machine's clock in seconds since 1970, for `Retry-After` dates.
    let epoch: Int
    var pool = AnswerFieldPool()

    private var contentType: String? { self.response["content-type"] }

    /// The answer, if it is a success in the form the route promises.
    ///
    /// - Throws: the upstream's refusal or failure, or `.badResponse`.
    func accepted() throws(PipelineError) -> ResponseCache.Answer {
        guard (200..<300).contains(self.response.status) else { throw self.failure() }
        let body = self.response.body
        if body.readableBytes > 0 || self.response.status < 204 { try self.checkType() }
        return ResponseCache.Answer(
            status: self.response.status, fields: self.pool.shared(AnswerFields(of: self.response)),
            entityTag: self.entityTag, body: body)
    }

    /// A tag that is none (RFC 9110 section 8.8.3) cannot be asked about.
    private var entityTag: String? {
        guard let tag = self.response["etag"], tag.hasSuffix("\""), tag.hasPrefix("\"") || tag.hasPrefix("W/\""),
            (2...200).contains(tag.utf8.count)
        else { return nil }
        return tag
    }

    private func checkType() throws(PipelineError) {
        switch self.route.answer {
        case .json:
            guard self.isJSON else { throw self.unexpectedType(instead: "JSON") }
            guard self.bodyIsJSON else {
                throw self.badResponse("the upstream answered \(self.response.status) with broken JSON")
            }
        case .text:
            guard self.mediaType.hasPrefix("text/") && self.mediaType != "text/html" else {
                throw self.unexpectedType(instead: "text")
            }
        }
    }

    private var mediaType: String {
        let type = (self.contentType ?? "").prefix { $0 != ";" }
        return String(type.filter { !$0.isWhitespace }).lowercased()
    }

    private var isJSON: Bool { self.mediaType == "application/json" || self.mediaType.hasSuffix("+json") }

    private var bodyIsJSON: Bool {
        let bytes = Array(self.response.body.readableBytesView)
        var reader = JSONReader(bytes.span)
        do {
            _ = try reader.skipValue(depth: 128)
            try reader.expectEnd()
            return true
        } catch { return false }
    }

    private func unexpectedType(instead expected: String) -> PipelineError {
        let type = self.mediaType.isEmpty ? "no content type" : UpstreamMessage.clean(self.mediaType)
        return self.badResponse(
            "the upstream answered \(self.response.status) with \(type) instead of \(expected)")
    }

    private func badResponse(_ message: String) -> PipelineError {
        PipelineError(.badResponse, origin: .upstream, status: 502, message: message)
    }
}

extension UpstreamAnswer {
    /// What an answer that is no success means.
    private func failure() -> PipelineError {
        let status = self.response.status
        switch status {
        case 400..<600: break
        case 300..<400:
            return self.badResponse("the upstream answered with a redirect (\(status)), which is not followed")
        default: return self.badResponse("the upstream answered with the unusable status \(status)")
        }
        // The API labels some of its JSON as CSV: the status says what it is.
        guard self.isJSON || self.mediaType == "text/csv", let message = UpstreamMessage.read(self.response.body) else {
            return self.unexplainedFailure()
        }
        var error = self.explainedFailure(message)
        error.answer = PipelineError.Answer(
            fields: self.pool.shared(AnswerFields(of: self.response)), body: self.response.body)
        return error
    }

    private func explainedFailure(_ message: String) -> PipelineError {
        let status = self.response.status
        switch status {
        case 401: return self.unauthorized(message)
        case 403:
            return self.refusal(
                .forbidden, message,
                hint: self.route.access == .open ? nil : "\(self.route.id) needs \(self.route.access)")
        case 404: return self.refusal(.notFound, message)
        case 409: return self.refusal(.conflict, message)
        case 422: return self.refusal(.unprocessable, message)
        case 429: return self.rateLimited(message)
        case 400..<500: return self.refusal(.badRequest, message)
        default: return self.failed(message)
        }
    }

    /// An error status whose body does not explain it: a proxy's page, or nothing at all.
    private func unexplainedFailure() -> PipelineError {
        let status = self.response.status
        switch status {
        case 401: return self.unauthorized("no reason given")
        case 429: return self.rateLimited("no reason given")
        default: break
        }
        let code: PipelineError.Code = status == 404 ? .notFound : status < 500 ? .badRequest : .upstreamFailure
        var error = self.unexpectedType(instead: "JSON")
        if self.isJSON { error.message = "the upstream answered \(status) without an explanation" }
        error.code = status == 403 ? .forbidden : code
        error.status = status
        error.retryAfter = self.response.retryAfter(epoch: self.epoch)
        return error
    }

    private func unauthorized(_ message: String) -> PipelineError {
        guard self.route.access != .open else { return self.refusal(.unauthorized, message) }
        return self.refusal(
            .unauthorized, "the upstream refused the token, which has expired or was revoked (\(message))",
            hint: "the session must log in again; " + CallGate.loginHint)
    }

    /// 429, which only the upstream's own count explains.
    private func rateLimited(_ message: String) -> PipelineError {
        PipelineError(
            .upstreamRateLimited, origin: .upstream, status: 429, message: message,
            retryAfter: self.response.retryAfter(epoch: self.epoch),
            hint: "nothing more is sent until then; answers still cached need no request")
    }

    private func failed(_ message: String) -> PipelineError {
        PipelineError(
            .upstreamFailure, origin: .upstream, status: self.response.status, message: message,
            retryAfter: self.response.retryAfter(epoch: self.epoch))
    }

    private func refusal(_ code: PipelineError.Code, _ message: String, hint: String? = nil) -> PipelineError {
        PipelineError(code, origin: .upstream, status: self.response.status, message: message, hint: hint)
    }
}
