import NIOCore
import NIOHTTP1

/// Turns a handler's answer into the message that goes out: length, date, security headers, gzip.
struct ResponseComposer: Sendable {
    private static let addedHeaders = 10

    let addsSecurityHeaders: Bool
    let compresses: Bool
    let minimumCompressedBytes: Int
    let isTLS: Bool

    init(configuration: HTTPServerConfiguration) {
        self.addsSecurityHeaders = configuration.addsSecurityHeaders
        self.compresses = configuration.compresses
        self.minimumCompressedBytes = configuration.minimumCompressedBytes
        self.isTLS = configuration.tls != nil
    }

    /// Completes `response` as the answer to a request with this method and these headers.
    ///
    /// - Parameter gzip: compresses, or returns nil when that is not possible.
    func compose(
        _ response: HTTPResponse, method: HTTPMethod, requestHeaders: HTTPHeaders, date: String,
        gzip: (ByteBuffer) -> ByteBuffer?
    ) -> HTTPResponse {
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
    func eventStream(headers: HTTPHeaders, date: String) -> HTTPResponse {
        var response = HTTPResponse(status: .ok, headers: headers)
        response.headers.replaceOrAdd(name: "content-type", value: "text/event-stream")
        response.headers.replaceOrAdd(name: "cache-control", value: "no-cache")
        // nginx buffers answers unless told not to.
        response.headers.replaceOrAdd(name: "x-accel-buffering", value: "no")
        do throws(HTTPRefusal) {
            let survey = try HeaderSurvey(response.headers, reserving: Self.addedHeaders)
            response.headers = survey.kept
            self.addCommonHeaders(to: &response.headers, fields: survey.fields, date: date)
            return response
        } catch {
            return self.eventStream(headers: [:], date: date)
        }
    }

    private func composed(
        _ response: HTTPResponse, _ method: HTTPMethod, _ requestHeaders: HTTPHeaders, _ date: String,
        _ gzip: (ByteBuffer) -> ByteBuffer?
    ) throws(HTTPRefusal) -> HTTPResponse {
        let survey = try HeaderSurvey(response.headers, reserving: Self.addedHeaders)
        var composed = HTTPResponse(status: response.status, headers: survey.kept, body: response.body)
        if self.isCompressible(response, survey) {
            if !survey.fields.contains(.variesByEncoding) {
                composed.headers.add(name: "vary", value: "accept-encoding")
            }
            if AcceptEncoding(requestHeaders["accept-encoding"]).prefersGzip, let body = gzip(response.body),
                body.readableBytes < response.body.readableBytes
            {
                composed.body = body
                composed.headers.add(name: "content-encoding", value: "gzip")
                // Other bytes than the handler's: the tag only vouches for the meaning now (RFC 9110, section 8.8.1).
                if let tag = survey.entityTag, !tag.hasPrefix("W/") {
                    composed.headers.replaceOrAdd(name: "etag", value: "W/" + tag)
                }
            }
        }
        switch response.status {
        case .noContent, .notModified: composed.body = ByteBuffer()
        default:
            let isDescribedHead = method == .HEAD && composed.body.readableBytes == 0
            let length = (isDescribedHead ? survey.contentLength : nil) ?? String(composed.body.readableBytes)
            composed.headers.add(name: "content-length", value: length)
            if method == .HEAD { composed.body = ByteBuffer() }
        }
        self.addCommonHeaders(to: &composed.headers, fields: survey.fields, date: date)
        return composed
    }

    private func isCompressible(_ response: HTTPResponse, _ survey: HeaderSurvey) -> Bool {
        self.compresses && response.body.readableBytes >= self.minimumCompressedBytes
            && survey.fields.isDisjoint(with: [.contentEncoding, .contentRange, .noTransform])
            && survey.contentType.map(CompressibleType.contains) ?? false
    }

    private func addCommonHeaders(to headers: inout HTTPHeaders, fields: HeaderSurvey.Fields, date: String) {
        func add(_ field: HeaderSurvey.Fields, _ name: String, _ value: String) {
            if !fields.contains(field) { headers.add(name: name, value: value) }
        }
        add(.date, "date", date)
        guard self.addsSecurityHeaders else { return }
        add(.cacheControl, "cache-control", "no-store")
        add(.contentTypeOptions, "x-content-type-options", "nosniff")
        add(.frameOptions, "x-frame-options", "DENY")
        add(.referrerPolicy, "referrer-policy", "no-referrer")
        add(.contentSecurityPolicy, "content-security-policy", "default-src 'none'; frame-ancestors 'none'")
        if self.isTLS { add(.transportSecurity, "strict-transport-security", "max-age=31536000") }
    }
}
