package import JSON
package import Logging
package import NIOCore
package import TokenVault

/// Sends calls upstream through the phases route, gate, cache, batch (single flight), quota, retry, transport.
package final class Pipeline: Sendable {
    package init(configuration: PipelineConfiguration, routes: RouteTable, transport: any Transport, logger: Logger) {
        fatalError()
    }

    /// Answers one call.
    ///
    /// - Throws: ``PipelineError``; upstream statuses of 400 and above are errors too.
    package func send(_ call: PipelineCall) async throws(PipelineError) -> PipelineReply { fatalError() }

    /// Forgets the session's cache, limiter and flights.
    package func endSession(_ session: String) { fatalError() }

    /// Drops the session's cached answers, as after a login with other credentials.
    package func clearCache(session: String) { fatalError() }

    /// What is left of the upstream's window and of the session's bucket.
    package func budget(session: String) -> Budget { fatalError() }
}

/// One call, before any phase has looked at it.
package struct PipelineCall: Sendable {
    /// As in ``Route/id``, such as `GET /sales/{id}`.
    package var route: String
    /// Path, query and body parameters by name, unchecked.
    package var arguments: JSONObject
    package var session: String
    /// Sent as `Authorization: Bearer`; nil sends none.
    package var token: Secret<String>?

    package init(route: String, arguments: JSONObject, session: String, token: Secret<String>?) {
        self.route = route
        self.arguments = arguments
        self.session = session
        self.token = token
    }
}

/// An answer and where it came from.
package struct PipelineReply: Sendable {
    package enum Source: Sendable, Equatable {
        case upstream
        case cache(age: Duration)
        /// Another call in flight asked the same.
        case coalesced
    }
    package var status: Int
    package var contentType: String?
    /// Decoded (no content coding).
    package var body: ByteBuffer
    package var source: Source

    package init(status: Int, contentType: String?, body: ByteBuffer, source: Source) {
        self.status = status
        self.contentType = contentType
        self.body = body
        self.source = source
    }
}

/// How many more requests may go upstream.
package struct Budget: Sendable, Equatable {
    package var limit: Int
    package var remaining: Int
    /// Until the window starts anew, or the bucket is full again.
    package var resetsIn: Duration

    package init(limit: Int, remaining: Int, resetsIn: Duration) {
        self.limit = limit
        self.remaining = remaining
        self.resetsIn = resetsIn
    }
}

/// Why a call has no answer, told so that the caller knows whose fault it was and what to do.
package struct PipelineError: Error, CustomStringConvertible {
    package enum Code: String, Sendable {
        // The caller's fault; nothing was sent.
        case unknownRoute, invalidArguments, writeRefused, notLoggedIn
        // Budget.
        case rateLimited
        // The upstream's answer.
        case badRequest, unauthorized, forbidden, notFound, conflict, unprocessable, upstreamRateLimited,
            upstreamFailure
        // No usable answer.
        case unreachable, timedOut, badResponse, responseTooLarge
    }
    package enum Origin: Sendable { case caller, gateway, upstream }
    package var code: Code
    package var origin: Origin
    /// HTTP status: the upstream's where it answered, else the one a proxy would give (429, 502, 504 …).
    package var status: Int
    /// Safe to show to a model.
    package var message: String
    package var retryAfter: Duration?
    package var hint: String?

    package var description: String { "\(self.origin): \(self.code.rawValue): \(self.message)" }

    package init(
        _ code: Code, origin: Origin, status: Int, message: String, retryAfter: Duration? = nil, hint: String? = nil
    ) {
        self.code = code
        self.origin = origin
        self.status = status
        self.message = message
        self.retryAfter = retryAfter
        self.hint = hint
    }
}

/// Numbers of the pipeline.
package struct PipelineConfiguration: Sendable {
    /// Scheme, host and port of the upstream, such as `http://bitetrack-api:3000`.
    package var origin: String
    /// Put before every path, such as `/api/v2`.
    package var prefix = "/api/v2"
    /// Requests a session may send in ``rateWindow``.
    package var rateLimit = 100
    package var rateWindow: Duration = .seconds(15 * 60)
    package var cacheBytesPerSession = 16 * 1024 * 1024
    /// Safe reads are tried this often in all.
    package var attempts = 3
    package var connectTimeout: Duration = .seconds(5)
    package var totalTimeout: Duration = .seconds(30)
    package var maximumResponseBytes = 32 * 1024 * 1024
    /// PEM file of authorities to trust for an https upstream; nil trusts the system's.
    package var authorityFile: String?

    package init(origin: String) { self.origin = origin }
}
