import UpstreamPipeline

/// Finds the route of a path, as the API's own router does: in any case, with or without a slash at the end.
struct PathTable: Sendable {
    enum Match {
        case route(Route, parameters: [String: String])
        /// The path exists, for these methods.
        case otherMethods([String])
        case nothing
    }
    private struct Template: Sendable {
        var route: Route
        /// Lowercased texts; `{name}` for a parameter.
        var segments: [String]
        var parameters: Int
    }
    /// By number of segments, those with fewer parameters first.
    private let templates: [Int: [Template]]

    init(_ table: RouteTable) {
        let all = table.routes.map { route in
            let segments = route.template.split(separator: "/").map { $0.hasPrefix("{") ? String($0) : $0.lowercased() }
            return Template(
                route: route, segments: segments, parameters: segments.count { $0.hasPrefix("{") })
        }
        self.templates = Dictionary(grouping: all, by: \.segments.count).mapValues { templates in
            templates.sorted { $0.parameters < $1.parameters }
        }
    }

    /// - Parameters:
    ///   - method: `HEAD` finds what `GET` does.
    ///   - path: below the prefix, percent-encoded.
    /// - Returns: nil for a path that is not percent-encoded UTF-8.
    func match(_ method: String, _ path: Substring) -> Match? {
        var parts: [String] = []
        for part in path.split(separator: "/", omittingEmptySubsequences: true) {
            guard let text = PercentText.decode(part) else { return nil }
            parts.append(text)
        }
        guard !path.contains("//") else { return .nothing }
        let method = method == "HEAD" ? "GET" : method
        var (others, specificity) = ([String](), nil as Int?)
        for template in self.templates[parts.count] ?? [] {
            // A path that is spelt out is not also an id.
            if let specificity, template.parameters > specificity { break }
            guard let parameters = PathTable.parameters(of: template.segments, in: parts) else { continue }
            if template.route.method == method { return .route(template.route, parameters: parameters) }
            specificity = template.parameters
            others.append(template.route.method)
        }
        if others.isEmpty { return .nothing }
        if others.contains("GET") { others.append("HEAD") }
        return .otherMethods(others.sorted())
    }

    private static func parameters(of segments: [String], in parts: [String]) -> [String: String]? {
        var parameters: [String: String] = [:]
        for (segment, part) in zip(segments, parts) {
            if segment.hasPrefix("{") {
                parameters[String(segment.dropFirst().dropLast())] = part
            } else if segment != part.lowercased() {
                return nil
            }
        }
        return parameters
    }
}
