import JSON

/// One request as a route sees it: parsed, and from someone who may make it.
struct Call {
    let query: QueryString
    /// The parsed body; an empty object when there was none.
    let body: JSONValue
    /// The files and fields of a `multipart/form-data` body.
    let form: MultipartForm?
    /// What the placeholders of the route's path matched, decoded.
    var parameters: [String] = []
    /// Who asks; nil only on public routes.
    var caller: Seller?
    let now: Timestamp
    let environment: ServiceEnvironment

    /// The caller of a route that is not public.
    func requireCaller() throws(APIError) -> Seller {
        guard let caller = self.caller else { throw .unauthorized("Authentication required") }
        return caller
    }

    /// The first path parameter as an id; throws `invalid` when it is none.
    func id(orThrow invalid: APIError) throws(APIError) -> ObjectID {
        guard let text = self.parameters.first, let id = ObjectID(text) else { throw invalid }
        return id
    }
}

/// What routes need to know about the process they run in.
struct ServiceEnvironment: Sendable {
    let tokens: JSONWebToken
    let startedAt: Timestamp
    let prefixes: [String]
}
