/// What is known of the connection a request came on.
package struct ConnectionInfo: Sendable {
    /// The peer's address without port, such as `127.0.0.1`.
    package var peerAddress = ""
    package var isTLS = false
    package var isHTTP2 = false
    /// Subject of a verified client certificate, RFC 4514 form; nil without one.
    package var clientCertificateSubject: String?

    package init() {}
}
