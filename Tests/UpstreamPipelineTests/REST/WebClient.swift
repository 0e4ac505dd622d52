import Dispatch
import Glibc
import JSON

/// An HTTP client with one connection for each request, which writes the bytes it is told.
struct WebClient: Sendable {
    let port: Int

    struct Answer: Sendable {
        let status: Int
        let head: String
        let body: String

        /// All values of a header, its name in any case.
        func all(_ name: String) -> [String] {
            self.head.split(separator: "\r\n").filter { $0.lowercased().hasPrefix(name.lowercased() + ":") }
                .map { String($0.dropFirst(name.count + 1).drop { $0 == " " }) }
        }
        subscript(name: String) -> String? { self.all(name).first }
        var json: JSONValue? { try? JSONValue(parsing: self.body) }
    }
    struct NoAnswer: Error {}

    func get(_ path: String, token: String? = nil, _ headers: [String] = []) async throws -> Answer {
        try await self.send("GET", path, token: token, headers)
    }

    func send(
        _ method: String, _ path: String, token: String? = nil, _ headers: [String] = [], body: String? = nil,
        type: String = "application/json"
    ) async throws -> Answer {
        var lines = ["\(method) \(path) HTTP/1.1", "Host: localhost", "Connection: close"] + headers
        if let token { lines.append("Authorization: Bearer \(token)") }
        if let body { lines += ["Content-Type: \(type)", "Content-Length: \(body.utf8.count)"] }
        return try await self.exchange(lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? ""))
    }

    /// Sends `text` and reads until the server closes; not longer than 30 s.
    func exchange(_ text: String) async throws -> Answer {
        let bytes: [UInt8] = try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                do { continuation.resume(returning: try self.bytes(answering: Array(text.utf8))) } catch {
                    continuation.resume(throwing: error)
                }
            }
        }
        let whole = String(decoding: bytes, as: UTF8.self)
        guard let end = whole.firstRange(of: "\r\n\r\n"),
            let status = whole.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { throw NoAnswer() }
        return Answer(status: status, head: String(whole[..<end.lowerBound]), body: String(whole[end.upperBound...]))
    }

    private func bytes(answering request: [UInt8]) throws -> [UInt8] {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var patience = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(self.port)).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { throw NoAnswer() }
        var sent = 0
        while sent < request.count {
            let count = request[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw NoAnswer() }
            sent += count
        }
        var (answer, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 65_536))
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            answer += buffer[..<count]
        }
        return answer
    }
}
