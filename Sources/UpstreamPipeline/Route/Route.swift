/// One endpoint of the upstream; what is not listed cannot be called.
package struct Route: Sendable {
    /// Method and template, such as `GET /sales/{id}`: the name callers use.
    package var id: String { "\(self.method) \(self.template)" }
    package var method: String
    /// Below the prefix; `{name}` is a path parameter.
    package var template: String
    /// One sentence for people and models.
    package var summary: String
    package var parameters: [Parameter]
    package var access: Access
    /// How long an answer may be reused; nil is never cached.
    package var timeToLive: Duration?
    /// Names of the groups a cached answer belongs to.
    package var groups: Set<String>
    /// Groups whose cached answers a success of this call makes stale.
    package var invalidates: Set<String>
    package var writeClass: WriteClass
    /// Sending the same call twice does no more than sending it once.
    package var isRepeatSafe: Bool

    package enum Access: Sendable, Equatable {
        case open
        case anyRole
        case roles(Set<String>)
    }
    package enum WriteClass: String, Sendable {
        /// Changes nothing.
        case read
        /// Changes data: runs only where writes are allowed.
        case confirm
        /// Never runs.
        case forbidden
        /// Changes no shop data, such as a login: runs everywhere, is never cached.
        case session
    }

    package init(
        _ method: String, _ template: String, summary: String, parameters: [Parameter] = [], access: Access = .anyRole,
        timeToLive: Duration? = nil, groups: Set<String> = [], invalidates: Set<String> = [],
        writeClass: WriteClass = .read, isRepeatSafe: Bool = true
    ) {
        self.method = method
        self.template = template
        self.summary = summary
        self.parameters = parameters
        self.access = access
        self.timeToLive = timeToLive
        self.groups = groups
        self.invalidates = invalidates
        self.writeClass = writeClass
        self.isRepeatSafe = isRepeatSafe
    }
}

/// One parameter of a route.
package struct Parameter: Sendable {
    package enum Place: Sendable { case path, query, body }
    package enum Kind: Sendable, Equatable {
        /// 24 hexadecimal digits.
        case objectID
        case string(maximumLength: Int)
        case integer(ClosedRange<Int>)
        case number(ClosedRange<Double>)
        case boolean
        case oneOf([String])
        /// `YYYY-MM-DD` or an RFC 3339 instant of a day that exists; sent as `YYYY-MM-DD` or as an instant in UTC with `Z`.
        case date
        case email
        /// A string that is never shown, logged or cached, such as a password.
        case secret
    }
    package var name: String
    package var place: Place
    package var kind: Kind
    package var isRequired: Bool

    package init(_ name: String, _ place: Place, _ kind: Kind, required: Bool = false) {
        self.name = name
        self.place = place
        self.kind = kind
        self.isRequired = required
    }
}

/// All routes, found by id.
package struct RouteTable: Sendable {
    package let routes: [Route]
    private let index: [String: Int]

    package init(_ routes: [Route]) {
        self.routes = routes
        self.index = Dictionary(routes.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    package subscript(id: String) -> Route? { self.index[id].map { self.routes[$0] } }
}
