/// One behaviour of a shared cache, told as a conversation: what a client asks, what the origin would answer, and what
/// the client must get.
///
/// Players exist for the cache alone, with a clock of their own, and for the real proxy on real sockets.
package struct CacheScenario: Sendable, CustomStringConvertible {
    package enum Kind: String, Sendable {
        /// A cache that does otherwise is wrong.
        case required
        /// A cache that does otherwise asks its origin more than it needs to.
        case optimal
    }

    package let kind: Kind
    package let name: String
    package let steps: [Step]

    package init(_ kind: Kind, _ name: String, _ steps: [Step]) {
        self.kind = kind
        self.name = name
        self.steps = steps
    }

    package var description: String { self.name }
}

/// A field value, some of which are known only when it is sent.
package enum FieldValue: Sendable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    case text(String)
    /// This many seconds from now.
    case date(Int)
    /// The same in the words of RFC 850.
    case longDate(Int)
    /// The scenario's own target, and this behind it.
    case here(String)
    /// What the origin last sent in this field.
    case asSent

    package init(stringLiteral value: String) { self = .text(value) }
}

package typealias Fields = [(name: String, value: FieldValue)]

/// One exchange of a scenario.
package struct Step: Sendable {
    /// Where the client's answer must come from.
    package enum Source: Sendable, Equatable {
        case origin, cache
        /// From the store, after the origin was asked with this field and said that nothing changed.
        case validated(by: String)
        /// From the cache itself: the origin gave no answer that could be passed on.
        case proxy
        case anywhere
    }

    package var method = "GET"
    /// Behind the scenario's own target.
    package var path = ""
    package var request: Fields = []
    package var requestBody: String?
    /// What the origin says when it is asked.
    package var answer = OriginAnswer()
    package var expected = Expectation()
    /// Seconds until the next step.
    package var pause = 0

    package init() {}
}

package struct OriginAnswer: Sendable {
    package var status = 200
    package var fields: Fields = []
    /// Nil stands for a text of the step's own.
    package var body: String?
    /// Interim responses before the final one.
    package var interim: [(status: Int, fields: Fields)] = []
    /// Closes the connection instead of answering.
    package var disconnects = false
}

package struct Expectation: Sendable {
    package var source = Step.Source.anywhere
    /// Nil stands for the origin's, or for what is stored.
    package var status: Int?
    package var fields: Fields = []
    package var missing: [String] = []
    package var body: String?
    /// `Age` must be at least this.
    package var age: Int?
    /// What the origin must have been sent.
    package var seen: Fields = []
    /// Interim statuses the client must get; nil when that is not looked at.
    package var interim: [Int]?
}
