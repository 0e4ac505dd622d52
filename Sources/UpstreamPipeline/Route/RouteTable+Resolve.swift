import JSON
import TokenVault

extension RouteTable {
    /// Turns a call into the request that goes upstream, or says precisely why it may not.
    ///
    /// - Parameter prefix: put before the route's path.
    /// - Throws: `.unknownRoute` or `.invalidArguments`.
    package func resolve(_ call: PipelineCall, prefix: String = "") throws(PipelineError) -> ResolvedRequest {
        guard let route = self[call.route] else { throw self.unknown(call.route) }
        try route.checkNames(of: call.arguments)
        var (path, query, body) = (route.template, [String: String](), JSONObject())
        for parameter in route.parameters {
            // A client's body goes on as it came.
            if call.client != nil, parameter.effectivePlace == .body { continue }
            guard let argument = call.arguments[parameter.name], !argument.isNull else {
                if parameter.isRequired || parameter.place == .path { throw route.missing(parameter) }
                continue
            }
            let value = try parameter.check(argument)
            switch parameter.effectivePlace {
            case .path: path = path.replacingParameter(parameter.name, with: value.text)
            case .query: query[parameter.name] = value.text
            case .body: body[parameter.name] = value.json
            }
        }
        if let client = call.client {
            var request = ResolvedRequest(route: route, path: prefix + path, query: query, body: client.body)
            if let type = client.contentType { request.contentType = type }
            return request
        }
        let takesBody = route.parameters.contains { $0.effectivePlace == .body }
        return ResolvedRequest(
            route: route, path: prefix + path, query: query,
            body: takesBody ? Secret(JSONValue.object(body).serialized) : nil)
    }

    private func unknown(_ id: String) -> PipelineError {
        let nearest = NearestName.of(id, among: self.routes.map(\.id))
        return PipelineError(
            .unknownRoute, origin: .caller, status: 404,
            message: "there is no route \(JSONValue.string(String(id.prefix(80))).text)",
            hint: nearest.map { "did you mean `\($0)`?" })
    }
}

extension Route {
    fileprivate func checkNames(of arguments: JSONObject) throws(PipelineError) {
        for (name, _) in arguments where !self.parameters.contains(where: { $0.name == name }) {
            let names = self.parameters.map(\.name)
            let nearest = NearestName.of(name, among: names).map { "; did you mean `\($0)`?" } ?? ""
            throw PipelineError(
                .invalidArguments, origin: .caller, status: 400,
                message: "\(self.id) has no parameter \(JSONValue.string(String(name.prefix(80))).text)\(nearest)",
                hint: self.parameterList)
        }
    }

    fileprivate func missing(_ parameter: Parameter) -> PipelineError {
        PipelineError(
            .invalidArguments, origin: .caller, status: 400,
            message: "parameter `\(parameter.name)` is missing: it must be \(parameter.expectation)",
            hint: self.parameterList)
    }

    private var parameterList: String {
        guard !self.parameters.isEmpty else { return "\(self.id) takes no parameters" }
        let names = self.parameters.map { $0.isRequired ? "\($0.name) (required)" : $0.name }
        return "\(self.id) takes: " + names.joined(separator: ", ")
    }
}

extension Parameter {
    /// A secret travels in the body whatever the route says: targets are cached, compared and logged by proxies.
    fileprivate var effectivePlace: Place { self.kind == .secret ? .body : self.place }
}

extension String {
    fileprivate func replacingParameter(_ name: String, with value: String) -> String {
        var encoded = ""
        PercentEncoding.append(value, to: &encoded)
        let segments = self.split(separator: "/", omittingEmptySubsequences: false)
        return segments.map { $0 == "{\(name)}" ? encoded : String($0) }.joined(separator: "/")
    }
}
