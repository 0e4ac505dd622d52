import HTTPServer
import NIOCore
import NIOHTTP1
import Streaming
import UpstreamPipeline

/// Decides what becomes of a client's request: what the origin is asked, or what the client is told at once.
struct RequestTranslation {
    enum Decision {
        case forward(ProxyRequest)
        case answer(HTTPResponse)
    }

    let configuration: ProxyConfiguration

    func decide(_ request: HTTPRequest) -> Decision {
        do throws(ProxyRefusal) {
            try self.check(request)
            return self.decide(checked: request)
        } catch {
            return .answer(error.response)
        }
    }

    /// - Parameter request: has passed ``check(_:)``.
    func decide(checked request: HTTPRequest) -> Decision {
        var hops: HTTPHeaders.Element?
        if request.method == .OPTIONS {
            switch MaxForwards(request.headers) {
            case .unlimited: break
            case .exhausted: return .answer(MaxForwards.lastRecipient)
            case .left(let number): hops = ("Max-Forwards", String(number))
            }
        }
        return .forward(self.translated(request, hops: hops))
    }

    /// - Throws: what the client is told when its request goes nowhere.
    func check(_ request: HTTPRequest) throws(ProxyRefusal) {
        do throws(TargetCheck.Fault) {
            try TargetCheck(encodedSlashes: self.configuration.encodedSlashes).check(
                path: request.path, query: request.query)
        } catch {
            throw ProxyRefusal(.badRequest, error.rawValue)
        }
        if request.headers[canonicalForm: "upgrade"].contains(where: { $0.lowercased() == "websocket" }) {
            throw ProxyRefusal(
                .notImplemented, "WebSocket connections are not passed on.", proxyError: "http_upgrade_failed")
        }
        // Its answer would show a page what it must not know of its own requests.
        if request.method == .TRACE {
            throw ProxyRefusal(
                .methodNotAllowed, "TRACE is not passed on.",
                headers: ["allow": "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"])
        }
        if Via.isCircle(request.headers) {
            throw ProxyRefusal(
                .loopDetected, "The request goes in circles: the origin leads back here.",
                proxyError: "proxy_loop_detected")
        }
    }

    private func translated(_ request: HTTPRequest, hops: HTTPHeaders.Element?) -> ProxyRequest {
        let host = request.headers.first(name: "host")
        var headers = self.endToEnd(request)
        if let hops { headers.replaceOrAdd(name: hops.name, value: hops.value) }
        if self.configuration.preservesHost, let host { headers.add(name: "Host", value: host) }
        let takesTrailers = request.headers[canonicalForm: "te"].contains { $0.lowercased() == "trailers" }
        if takesTrailers {
            headers.add(name: "TE", value: "trailers")
            headers.add(name: "Connection", value: "TE")
        }
        Via.add(to: &headers, protocolVersion: request.connection.isHTTP2 ? "2" : "1.\(request.version.minor)")
        let prefix = self.configuration.stripsPrefix && self.configuration.path != "/" ? self.configuration.path : nil
        ClientAddress(trustedProxies: self.configuration.trustedProxies).add(
            to: &headers, connection: request.connection, host: host, prefix: prefix)
        let query = request.query.map { "?" + $0 } ?? ""
        let body = self.body(request)
        if case .none = body, self.saysEmpty(request) { headers.add(name: "Content-Length", value: "0") }
        return ProxyRequest(
            method: Self.name(of: request.method), scheme: request.connection.isTLS ? "https" : "http",
            host: host ?? "",
            target: request.path + query, originTarget: self.path(request.path, without: prefix) + query,
            headers: headers, body: body, takesTrailers: takesTrailers || request.connection.isHTTP2)
    }

    /// The method as it stands in a request line; NIO names one of them otherwise.
    private static func name(of method: HTTPMethod) -> String { method == .MSEARCH ? "M-SEARCH" : method.rawValue }

    private func endToEnd(_ request: HTTPRequest) -> HTTPHeaders {
        let named = HopByHop.named(in: request.headers)
        let isTrusted = ClientAddress(trustedProxies: self.configuration.trustedProxies).isTrusted(request.connection)
        var headers = HTTPHeaders()
        headers.reserveCapacity(request.headers.count + 8)
        var cookies: [String] = []
        for (name, value) in request.headers {
            let lowercased = name.lowercased()
            guard !HopByHop.contains(lowercased, named: named) else { continue }
            switch lowercased {
            // What frames the message, and what was met here.
            case "host", "content-length", "expect": continue
            // CGI programs take it for the address of a proxy of theirs.
            case "proxy": continue
            // HTTP/2 may split them, HTTP/1.1 may not (RFC 9113, section 8.2.3).
            case "cookie": cookies.append(value)
            default:
                if ClientAddress.isClaim(lowercased), !isTrusted || lowercased.contains("_") { continue }
                headers.add(name: name, value: value)
            }
        }
        if !cookies.isEmpty { headers.add(name: "Cookie", value: cookies.joined(separator: "; ")) }
        return headers
    }

    private func path(_ path: String, without prefix: String?) -> String {
        guard let prefix else { return path }
        // Two slashes at the start would be read as a host's name.
        return "/" + path.dropFirst(prefix.count).drop { $0 == "/" }
    }

    private func body(_ request: HTTPRequest) -> StreamRequest.Body {
        if let stream = request.stream {
            return .pipe(stream, length: request.headers.first(name: "content-length").flatMap { Int($0) })
        }
        guard request.body.readableBytes > 0 else { return .none }
        return .pipe(BodyPipe(whole: request.body), length: request.body.readableBytes)
    }

    /// Whether the lack of a body must be said, since one would be expected.
    private func saysEmpty(_ request: HTTPRequest) -> Bool {
        switch request.method {
        case .POST, .PUT, .PATCH: true
        default: request.headers.contains(name: "content-length") && request.method != .HEAD
        }
    }
}
