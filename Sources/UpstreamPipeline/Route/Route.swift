/// One endpoint of the upstream; what is not listed cannot be called.
package struct Route: Sendable {
    /// Method and template, such as `GET /sales/{id}`: the name callers use.
    package let id: String
    package let method: String
    /// Below the prefix; `{name}` is a path parameter.
    package let template: String
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
    /// What a success carries.
    package var answer: Answer
    /// Set for reads that no request answers by itself: they are taken out of a list.
    package var pick: Pick?
    /// Set where one request can answer several reads.
    package var merge: Merge?

    package enum Answer: Sendable, Equatable {
        case json
        /// Any text type, such as `text/csv`.
        case text
    }
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
        writeClass: WriteClass = .read, isRepeatSafe: Bool = true,
        answer: Answer = .json, pick: Pick? = nil, merge: Merge? = nil
    ) {
        self.id = "\(method) \(template)"
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
        self.answer = answer
        self.pick = pick
        self.merge = merge
    }
}
