import HTTPSyntax
import NIOCore
import NIOHTTP1

/// Decides how a handler's answer goes out: length, date, security headers, gzip.
struct ResponseComposer: Sendable {
    let common: CommonHeaders
    let compresses: Bool
    let minimumCompressedBytes: Int

    init(configuration: HTTPServerConfiguration) {
        self.common = CommonHeaders(isOn: configuration.addsSecurityHeaders, isTLS: configuration.tls != nil)
        self.compresses = configuration.compresses
        self.minimumCompressedBytes = configuration.minimumCompressedBytes
    }

    /// Completes `response` as the answer to a request with this method and these headers.
    ///
    /// - Parameter gzip: compresses, or returns nil when that is not possible.
    func compose(
        _ response: HTTPResponse, method: HTTPMethod, requestHeaders: HTTPHeaders, date: String,
        gzip: (ByteBuffer) -> ByteBuffer?
    ) -> ComposedResponse {
        do throws(HTTPRefusal) {
            guard response.status.code >= 200 else { throw .unsendable }
            return try self.composed(response, method, requestHeaders, date, gzip)
        } catch {
            // The refusal's own headers are sound, so this does not come here again.
            return self.compose(
                error.response, method: method, requestHeaders: requestHeaders, date: date, gzip: gzip)
        }
    }

    /// The head of an event stream.
    func eventStream(headers: HTTPHeaders, date: String) -> ComposedResponse {
        var headers = headers
        headers.replaceOrAdd(name: "content-type", value: "text/event-stream")
        headers.replaceOrAdd(name: "cache-control", value: "no-cache")
        // nginx buffers answers unless told not to.
        headers.replaceOrAdd(name: "x-accel-buffering", value: "no")
        do throws(HTTPRefusal) {
            return ComposedResponse(
                status: .ok, given: headers, survey: try HeaderSurvey(headers), common: self.common, date: date)
        } catch {
            return self.eventStream(headers: [:], date: date)
        }
    }

    /// The head of an answer that comes in pieces, and how its end will be known; nil for one without a body.
    func start(
        _ start: StreamStart, method: HTTPMethod, version: HTTPVersion, requestHeaders: HTTPHeaders, date: String
    ) -> (ComposedResponse, BodyFraming?) {
        let unbounded: BodyFraming = version.major >= 2 ? .frames : version.isModern ? .chunked : .untilClose
        switch start {
        case .events(let headers):
            var head = self.eventStream(headers: headers, date: date)
            if self.compresses, !head.survey.fields.contains(.contentEncoding) {
                head.addsVary = !head.survey.fields.contains(.variesByEncoding)
                head.isGzipped = AcceptEncoding(requestHeaders["accept-encoding"]).prefersGzip
            }
            return (head, method == .HEAD ? nil : unbounded)
        case .body(let response):
            do throws(HTTPRefusal) {
                guard response.status.code >= 200 else { throw .unsendable }
                return try self.streamed(response, method, unbounded, date)
            } catch {
                let refusal = self.compose(error.response, method: .HEAD, requestHeaders: [:], date: date) { _ in nil }
                return (refusal, nil)
            }
        }
    }

    private func streamed(
        _ response: StreamedResponse, _ method: HTTPMethod, _ unbounded: BodyFraming, _ date: String
    ) throws(HTTPRefusal) -> (ComposedResponse, BodyFraming?) {
        var common = self.common
        common.isOn = common.isOn && response.addsCommonHeaders
        var composed = ComposedResponse(
            status: response.status, given: response.headers, survey: try HeaderSurvey(response.headers),
            common: common, date: date)
        switch response.status {
        case .noContent, .notModified: return (composed, nil)
        default:
            composed.length = response.contentLength.map { .bytes($0) } ?? .none
            guard method != .HEAD else { return (composed, nil) }
            return (composed, response.contentLength.map { .length(remaining: $0) } ?? unbounded)
        }
    }

    private func composed(
        _ response: HTTPResponse, _ method: HTTPMethod, _ requestHeaders: HTTPHeaders, _ date: String,
        _ gzip: (ByteBuffer) -> ByteBuffer?
    ) throws(HTTPRefusal) -> ComposedResponse {
        let survey = try HeaderSurvey(response.headers)
        var common = self.common
        common.isOn = common.isOn && !response.isPassedOn
        var composed = ComposedResponse(
            status: response.status, given: response.headers, survey: survey, common: common, date: date,
            body: response.body)
        if !response.isPassedOn, self.isCompressible(response, survey) {
            composed.addsVary = !survey.fields.contains(.variesByEncoding)
            if AcceptEncoding(requestHeaders["accept-encoding"]).prefersGzip, let body = gzip(response.body),
                body.readableBytes < response.body.readableBytes
            {
                composed.body = body
                composed.isGzipped = true
            }
        }
        switch response.status {
        case .noContent, .notModified: composed.body = ByteBuffer()
        default:
            let bytes = composed.body.readableBytes
            composed.length = .bytes(bytes)
            if method == .HEAD {
                if bytes == 0, let declared = survey.contentLength { composed.length = .declared(declared) }
                composed.body = ByteBuffer()
            }
        }
        return composed
    }

    private func isCompressible(_ response: HTTPResponse, _ survey: HeaderSurvey) -> Bool {
        self.compresses && response.body.readableBytes >= self.minimumCompressedBytes
            && survey.fields.isDisjoint(with: [.contentEncoding, .contentRange, .noTransform])
            && survey.contentType.map(CompressibleType.contains) ?? false
    }
}
