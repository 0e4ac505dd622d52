/// Scheme, host and port of the one upstream there is; whatever a call says, it goes nowhere else.
struct UpstreamOrigin: Equatable {
    /// Without a slash at the end.
    let text: String
    /// Without TLS.
    var isPlain: Bool { self.text.lowercased().hasPrefix("http://") }

    /// - Throws: ``TransportSetupError`` for anything but `http://host[:port]` or `https://host[:port]`.
    init(_ origin: String) throws(TransportSetupError) {
        let text = origin.hasSuffix("/") ? String(origin.dropLast()) : origin
        guard let scheme = ["http://", "https://"].first(where: { text.lowercased().hasPrefix($0) }) else {
            throw TransportSetupError("the upstream's address must begin with http:// or https://")
        }
        let authority = text.dropFirst(scheme.count)
        guard !authority.isEmpty, authority.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw TransportSetupError("the upstream's address needs a host in ASCII after \(scheme)")
        }
        guard !authority.contains(where: { "/?#@\\".contains($0) }) else {
            throw TransportSetupError("the upstream's address is scheme, host and port only: no path, query or user")
        }
        guard UpstreamOrigin.hasValidPort(authority) else {
            throw TransportSetupError("the upstream's port must be a number from 1 to 65535")
        }
        self.text = text
    }

    private static func hasValidPort(_ authority: Substring) -> Bool {
        let afterAddress = authority.hasPrefix("[") ? authority.drop { $0 != "]" }.dropFirst() : authority[...]
        let parts = afterAddress.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count > 1 else { return true }
        guard parts.count == 2, let port = Int(parts[1]) else { return false }
        return (1...65535).contains(port)
    }

    /// The whole URL of a request.
    ///
    /// - Throws: `.invalidArguments` when the target could leave the request line or the host.
    func url(target: String) throws(PipelineError) -> String {
        guard target.hasPrefix("/") else { throw UpstreamOrigin.invalidTarget }
        return self.text + (try self.checked(target: target))
    }

    /// The target, if it cannot leave the request line; `*` is the upstream as a whole.
    func checked(target: String) throws(PipelineError) -> String {
        let isPlain = target.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") }
        guard target.hasPrefix("/") || target == "*", isPlain else { throw UpstreamOrigin.invalidTarget }
        return target
    }

    private static var invalidTarget: PipelineError {
        PipelineError(
            .invalidArguments, origin: .gateway, status: 400,
            message: "the request's path must begin with a slash and be percent-encoded")
    }
}
