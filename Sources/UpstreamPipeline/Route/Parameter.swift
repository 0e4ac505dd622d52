/// One parameter of a route.
package struct Parameter: Sendable, Equatable {
    package enum Place: Sendable { case path, query, body }
    package enum Kind: Sendable, Equatable {
        /// 24 hexadecimal digits.
        case objectID
        case string(maximumLength: Int)
        case integer(ClosedRange<Int>)
        case number(ClosedRange<Double>)
        case boolean
        case oneOf([String])
        /// `YYYY-MM-DD` or an RFC 3339 instant, of a day that exists.
        ///
        /// A day is sent as it is, an instant in UTC with `Z`.
        case date
        case email
        /// A string that is never shown, logged or cached, such as a password.
        case secret
        /// An array of objects with these members and no others, such as the lines of a sale; in bodies only.
        case objects(of: [Parameter], count: ClosedRange<Int>)
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
