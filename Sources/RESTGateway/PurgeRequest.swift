import HTTPCache
import JSON
import NIOCore
import UpstreamPipeline

/// Which kept answers an operator wants dropped, from the JSON object sent.
enum PurgeRequest {
    case api(Pipeline.Purge)
    /// - Parameter host: nil means every one.
    case proxy(HTTPCache, CachePurge, host: String?)
    /// The API's and those of all proxies.
    case everything

    struct Problem: Error { let message: String }

    private static let forms = """
        The body must be one of {"route": "GET /sales"}, {"group": "sales"}, {"all": true}, and for a [[proxy]] \
        {"proxy": "/", "target": "/a?b=1"}, {"proxy": "/", "prefix": "/a/"}, {"proxy": "/", "group": "a"}, \
        {"proxy": "/", "all": true}, each with or without "host".
        """

    /// - Parameters:
    ///   - api: nil where only proxies are served.
    ///   - proxies: the cache of each by its path; nil where it has none.
    init(_ body: ByteBuffer, api: RouteTable?, proxies: [String: HTTPCache?]) throws(Problem) {
        var members: [String: JSONValue] = [:]
        let parsed = try? JSONValue(parsing: Array(body.readableBytesView))
        for (name, value) in parsed?.objectValue ?? [:] { members[name] = value }
        guard let path = members.removeValue(forKey: "proxy") else {
            self = try Self.wholeOrAPI(members, api)
            return
        }
        guard case .string(let path) = path, let found = proxies[path] else {
            throw Problem(message: "There is no such proxy. Paths: \(proxies.keys.sorted().joined(separator: ", ")).")
        }
        guard let cache = found else { throw Problem(message: "This proxy has cache = false.") }
        var host: String?
        if let value = members.removeValue(forKey: "host") {
            guard case .string(let text) = value, !text.isEmpty else {
                throw Problem(message: "The host must be the Host that clients send, such as \"shop.example:8080\".")
            }
            host = text
        }
        self = .proxy(cache, try Self.selection(members), host: host)
    }

    private static func wholeOrAPI(_ members: [String: JSONValue], _ api: RouteTable?) throws(Problem) -> PurgeRequest {
        guard members.count == 1 else { throw Problem(message: self.forms) }
        switch (members["route"], members["group"], members["all"]) {
        case (.string(let route), nil, nil):
            guard api?[route] != nil else { throw Problem(message: "There is no such route.") }
            return .api(.route(route))
        case (nil, .string(let group), nil):
            let groups = Set(api?.routes.flatMap(\.groups) ?? [])
            guard groups.contains(group) else {
                throw Problem(message: "There is no such group. Groups: \(groups.sorted().joined(separator: ", ")).")
            }
            return .api(.group(group))
        case (nil, nil, .bool(true)): return .everything
        default: throw Problem(message: self.forms)
        }
    }

    private static func selection(_ members: [String: JSONValue]) throws(Problem) -> CachePurge {
        guard members.count == 1, let (name, value) = members.first else { throw Problem(message: self.forms) }
        switch (name, value) {
        case ("all", .bool(true)): return .all
        case ("group", .string(let group)): return .group(group)
        case ("target", .string(let text)), ("prefix", .string(let text)):
            guard text.hasPrefix("/") else {
                throw Problem(message: "A \(name) begins with a slash: the path, and the query, as clients send them.")
            }
            return name == "target" ? .target(text) : .prefix(text)
        default: throw Problem(message: self.forms)
        }
    }
}
