import JSON
import UpstreamPipeline

/// Which personal data scripts may see, and only when they ask for it by name.
package struct PersonalData: Sendable, Equatable {
    /// A member of the API's answers that says how to reach or identify a person.
    package enum Field: String, Sendable, CaseIterable {
        case email, phoneNumber, dateOfBirth

        static let all = Set(Field.allCases)
    }

    /// What the operator allows.
    package var allowed: Set<Field>

    /// A shop calls and writes to its customers; nobody needs dates of birth.
    package init(allowed: Set<Field> = [.email, .phoneNumber]) { self.allowed = allowed }

    /// The name under which a call asks for fields; it never goes upstream.
    static let argument = "include"

    /// Takes what a call asks for out of its arguments.
    ///
    /// - Returns: the fields to mask in its answer.
    /// - Throws: `.invalidArguments` for what is no field, `.forbidden` for what the operator does not allow.
    func masked(_ arguments: inout JSONObject) throws(PipelineError) -> Set<Field> {
        guard let wanted = arguments[Self.argument], !wanted.isNull else {
            if !arguments.isEmpty { arguments[Self.argument] = nil }
            return Field.all
        }
        arguments[Self.argument] = nil
        guard let names = wanted.arrayValue else { throw Self.refusal(of: wanted) }
        var masked = Field.all
        for name in names {
            guard let field = name.stringValue.flatMap(Field.init(rawValue:)) else { throw Self.refusal(of: name) }
            guard self.allowed.contains(field) else {
                throw PipelineError(
                    .forbidden, origin: .caller, status: 403,
                    message: "The operator does not allow scripts to see `\(field.rawValue)`.",
                    hint: "Do without it. The operator decides with privacy.personal_data in proxy.conf.")
            }
            masked.remove(field)
        }
        return masked
    }

    private static func refusal(of value: JSONValue) -> PipelineError {
        PipelineError(
            .invalidArguments, origin: .caller, status: 400,
            message:
                "`\(self.argument)` must be a list of \(Field.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")), "
                + "not \(value.text.prefix(60))")
    }
}
