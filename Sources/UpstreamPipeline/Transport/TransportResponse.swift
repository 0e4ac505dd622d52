package import NIOCore

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
