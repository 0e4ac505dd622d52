import CCurl
import Glibc

/// Keeps a request from a kept connection on which something has come unasked.
///
/// Over HTTP/1.1 what comes while a connection is at rest would be taken for the answer to the next request, which may
/// be another user's; libcurl takes such a connection for a live one. One belongs to each transfer, on its thread.
@safe
final class ReuseCheck {
    private let handle: EasyHandle
    private let connections: KnownConnections
    private let isPlain: Bool
    fileprivate private(set) var socket: Int32 = -1
    /// The transfer was stopped before anything was sent.
    private(set) var hasRefused = false

    init(_ handle: EasyHandle, among connections: KnownConnections, isPlain: Bool) {
        self.handle = handle
        self.connections = connections
        self.isPlain = isPlain
    }

    func attach() throws(PipelineError) {
        try unsafe self.handle.setPrerequisite(
            beforeRequest, madeSocket: socketMade, context: Unmanaged.passUnretained(self).toOpaque())
    }

    /// Whether the transfer must be made again, which may happen once: on a connection of its own.
    func takeRetry(_ result: CURLcode) -> Bool {
        guard result == CURLE_ABORTED_BY_CALLBACK, self.hasRefused else { return false }
        self.hasRefused = false
        return true
    }

    fileprivate var speaksHTTP2: Bool { self.handle.number(CURLINFO_HTTP_VERSION) == CURL_HTTP_VERSION_2_0 }
    fileprivate var awaitsAnswer: Bool { self.handle.number(CURLINFO_HTTP_VERSION) == 0 }

    /// Whether a request may go out on the connection that libcurl has chosen.
    fileprivate func mayProceed(localPort: Int32) -> Bool {
        self.socket = self.connections.socket(localPort: localPort)
        if self.handle.number(CURLINFO_NUM_CONNECTS) > 0 {
            self.connections.hasOpened(self.socket)
            return true
        }
        guard self.socket >= 0 else { return self.refuse() }
        if !self.isPlain, self.connections.isShared(self.socket, besides: self) { return true }
        var state = pollfd(fd: self.socket, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&state, 1, 0) == 0 else { return self.refuse() }
        return true
    }

    private func refuse() -> Bool {
        self.hasRefused = true
        return false
    }

    /// - Returns: nil for what is no connected socket of the Internet's.
    fileprivate func hasMade(_ socket: Int32) { self.connections.hasMade(socket) }

    fileprivate static func localPort(of socket: Int32) -> Int32? {
        var address = sockaddr_in6()
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let result = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe getsockname(socket, $0, &length)
            }
        }
        // The port is at the same place for IPv4.
        return result == 0 ? Int32(UInt16(bigEndian: address.sin6_port)) : nil
    }
}

/// What is known of the connections of one multi handle, by their sockets.
final class KnownConnections {
    private var speakingHTTP2: Set<Int32> = []
    /// Made by libcurl, and not yet seen connected.
    private var unnamed: Set<Int32> = []
    /// The others, by their local port; some may have been closed since.
    private var sockets: [Int32: Int32] = [:]
    /// The same, the other way round.
    private var ports: [Int32: Int32] = [:]
    private var checks: [ObjectIdentifier: ReuseCheck] = [:]

    func add(_ check: ReuseCheck) { self.checks[ObjectIdentifier(check)] = check }

    /// - Precondition: the check's handle has not been reset yet.
    func remove(_ check: ReuseCheck) {
        self.checks[ObjectIdentifier(check)] = nil
        if check.speaksHTTP2 { self.speakingHTTP2.insert(check.socket) }
    }

    fileprivate func hasMade(_ socket: Int32) {
        // Its number may have been that of another connection.
        if let port = self.ports.removeValue(forKey: socket), self.sockets[port] == socket { self.sockets[port] = nil }
        self.unnamed.insert(socket)
    }

    /// libcurl names a connection by its port before it gives away the socket; -1 when there is none.
    fileprivate func socket(localPort: Int32) -> Int32 {
        if let socket = self.sockets[localPort], ReuseCheck.localPort(of: socket) == localPort { return socket }
        guard let socket = self.unnamed.first(where: { ReuseCheck.localPort(of: $0) == localPort }) else { return -1 }
        self.unnamed.remove(socket)
        self.sockets[localPort] = socket
        self.ports[socket] = localPort
        return socket
    }

    fileprivate func hasOpened(_ socket: Int32) { self.speakingHTTP2.remove(socket) }

    /// Whether many requests share the connection, on which then something may come at any time.
    fileprivate func isShared(_ socket: Int32, besides own: ReuseCheck) -> Bool {
        self.speakingHTTP2.contains(socket)
            || self.checks.values.contains {
                $0 !== own && $0.socket == socket && ($0.speaksHTTP2 || $0.awaitsAnswer)
            }
    }
}

private let socketMade: curl_sockopt_callback = { context, socket, _ in
    guard let context = unsafe context else { return CURL_SOCKOPT_ERROR }
    unsafe Unmanaged<ReuseCheck>.fromOpaque(context).takeUnretainedValue().hasMade(socket)
    return CURL_SOCKOPT_OK
}

private let beforeRequest: curl_prereq_callback = { context, _, _, _, localPort in
    guard let context = unsafe context else { return CURL_PREREQFUNC_ABORT }
    let check = unsafe Unmanaged<ReuseCheck>.fromOpaque(context).takeUnretainedValue()
    return check.mayProceed(localPort: localPort) ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
}
