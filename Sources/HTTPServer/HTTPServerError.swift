/// Why a server could not start.
package enum HTTPServerError: Error, CustomStringConvertible {
    case cannotBind(host: String, port: Int, reason: String)

    package var description: String {
        switch self {
        case .cannotBind(let host, let port, let reason): "cannot listen on \(host) port \(port): \(reason)"
        }
    }
}
