package import NIOCore
package import TokenVault

/// One exchange with the upstream, no more: the last phase.
package protocol Transport: Sendable {
    /// - Throws: ``PipelineError`` with `.unreachable`, `.timedOut`, `.badResponse` or `.responseTooLarge`.
    func exchange(_ request: TransportRequest) async throws(PipelineError) -> TransportResponse
}

/// What goes upstream.
package struct TransportRequest: Sendable {
    package var method: String
    /// Path and query, percent-encoded, with the prefix.
    package var target: String
    package var token: Secret<String>?
    /// JSON body; nil sends none.
    package var body: Secret<[UInt8]>?

    package init(method: String, target: String, token: Secret<String>? = nil, body: Secret<[UInt8]>? = nil) {
        self.method = method
        self.target = target
        self.token = token
        self.body = body
    }
}

/// What came back: names lowercased, content coding already removed.
package struct TransportResponse: Sendable {
    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: ByteBuffer

    package init(status: Int, headers: [(name: String, value: String)], body: ByteBuffer) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package subscript(name: String) -> String? { self.headers.first { $0.name == name }?.value }
}
