import JSON

extension Parameter {
    /// A value that passed its check, in the one form in which it is sent.
    enum Checked: Equatable {
        case text(String)
        case number(JSONNumber)
        case bool(Bool)
        case objects([JSONObject])

        /// For path and query.
        var text: String {
            switch self {
            case .text(let text): text
            case .number(let number): number.text
            case .bool(let value): value ? "true" : "false"
            case .objects: self.json.text
            }
        }
        /// For a body.
        var json: JSONValue {
            switch self {
            case .text(let text): .string(text)
            case .number(let number): .number(number)
            case .bool(let value): .bool(value)
            case .objects(let objects): .array(objects.map(JSONValue.object))
            }
        }
    }

    /// Checks one argument against the kind.
    ///
    /// - Throws: `.invalidArguments`, with what is expected and, where that gives nothing away, what came instead.
    func check(_ value: JSONValue) throws(PipelineError) -> Checked {
        if case .objects(let members, let count) = self.kind {
            return .objects(try self.objects(value, members: members, count: count))
        }
        guard value.arrayValue == nil, value.objectValue == nil else {
            throw self.refusal("must be a single value, not \(value.kind)")
        }
        guard let checked = self.read(value) else {
            throw self.refusal("must be \(self.expectation)\(self.shown(value))\(self.guess(value))")
        }
        if case .text(let text) = checked, let reason = self.refusal(ofText: text) { throw self.refusal(reason) }
        return checked
    }

    /// Checks each object by its members, which errors name as in `products[0].quantity`.
    private func objects(
        _ value: JSONValue, members: [Parameter], count: ClosedRange<Int>
    ) throws(PipelineError) -> [JSONObject] {
        guard let elements = value.arrayValue else {
            throw self.refusal("must be \(self.expectation), not \(value.kind)")
        }
        guard count.contains(elements.count) else {
            throw self.refusal("must be \(self.expectation), not of \(elements.count)")
        }
        var objects: [JSONObject] = []
        for (place, element) in elements.enumerated() {
            var parameter = self
            parameter.name = "\(self.name)[\(place)]"
            guard let object = element.objectValue else {
                throw parameter.refusal("must be \(Self.shape(members)), not \(element.kind)")
            }
            objects.append(try parameter.object(object, members: members))
        }
        return objects
    }

    private func object(_ object: JSONObject, members: [Parameter]) throws(PipelineError) -> JSONObject {
        let names = members.map(\.name)
        for (name, _) in object where !names.contains(name) {
            let nearest = NearestName.of(name, among: names).map { "; did you mean `\($0)`?" } ?? ""
            let shown = JSONValue.string(String(name.prefix(80))).text
            throw self.refusal("has no member \(shown), only \(names.joined(separator: ", "))\(nearest)")
        }
        var checked = JSONObject()
        for member in members {
            var named = member
            named.name = "\(self.name).\(member.name)"
            guard let value = object[member.name], !value.isNull else {
                if member.isRequired { throw named.refusal("is missing: it must be \(member.expectation)") }
                continue
            }
            checked[member.name] = try named.check(value).json
        }
        return checked
    }

    /// The members of an object, optional ones with a question mark.
    private static func shape(_ members: [Parameter]) -> String {
        "an object {" + members.map { $0.isRequired ? $0.name : "\($0.name)?" }.joined(separator: ", ") + "}"
    }

    private func refusal(_ reason: String) -> PipelineError {
        PipelineError(
            .invalidArguments, origin: .caller, status: 400, message: "parameter `\(self.name)` \(reason)")
    }

    private func read(_ value: JSONValue) -> Checked? {
        switch self.kind {
        case .objectID:
            guard let text = value.stringValue, ObjectIDText.isValid(text) else { return nil }
            return .text(text.lowercased())
        case .string(let maximumLength):
            guard let text = value.stringValue, text.unicodeScalars.count <= maximumLength else { return nil }
            return .text(text)
        case .integer(let range):
            guard let number = Parameter.integer(value), range.contains(number) else { return nil }
            return .number(JSONNumber(number))
        case .number(let range):
            guard let number = Parameter.number(value), range.contains(number) else { return nil }
            return .number(JSONNumber(number))
        case .boolean:
            if let flag = value.boolValue { return .bool(flag) }
            return value == "true" ? .bool(true) : value == "false" ? .bool(false) : nil
        case .oneOf(let options):
            return value.stringValue.flatMap { options.contains($0) ? .text($0) : nil }
        case .date:
            return value.stringValue.flatMap(DateText.canonical).map(Checked.text)
        case .email:
            return value.stringValue.flatMap { Parameter.isEmail($0) ? .text($0) : nil }
        case .secret:
            guard let text = value.stringValue, (1...1024).contains(text.utf8.count) else { return nil }
            return .text(text)
        case .objects: return nil
        }
    }

    /// Digits with an optional sign, as a JSON number or a string; `1e3` in a string is no integer.
    private static func integer(_ value: JSONValue) -> Int? {
        guard let text = value.stringValue else { return value.intValue }
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.allSatisfy(\.isASCIIDigit) else { return nil }
        return Int(text)
    }

    private static func number(_ value: JSONValue) -> Double? {
        guard let text = value.stringValue else { return value.doubleValue.flatMap { $0.isFinite ? $0 : nil } }
        let parts = (text.hasPrefix("-") ? text.dropFirst() : text[...]).split(
            separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isASCIIDigit) }) else { return nil }
        return Double(text).flatMap { $0.isFinite ? $0 : nil }
    }

    /// A shape check only; whether the address exists is the upstream's question.
    private static func isEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, (1...64).contains(parts[0].utf8.count) else { return false }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2 && labels.allSatisfy { !$0.isEmpty }
            && text.unicodeScalars.allSatisfy {
                $0.value > 0x20 && $0.value != 0x7F && !"<>()[],;:\\\"".contains(Character($0))
            }
    }

    /// What no text may be, whatever its kind: a path that climbs, or control characters in a request line.
    private func refusal(ofText text: String) -> String? {
        if self.place == .path, text.isEmpty || text == "." || text == ".." { return "must not be empty or dots" }
        if self.isRequired, text.isEmpty { return "must not be empty" }
        let hasControl = text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
        return self.place != .body && hasControl ? "must not hold control characters" : nil
    }

    /// What the value must be, as it ends the sentence “parameter x must be …”.
    var expectation: String {
        switch self.kind {
        case .objectID: "an id of 24 hexadecimal digits"
        case .string(let maximumLength): "a string of at most \(maximumLength) characters"
        case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .number(let range):
            "a number from \(JSONNumber(range.lowerBound).text) to \(JSONNumber(range.upperBound).text)"
        case .boolean: "true or false"
        case .oneOf(let options): "one of " + options.map { "`\($0)`" }.joined(separator: ", ")
        case .date: "a day that exists as YYYY-MM-DD, or an instant such as 2024-01-31T12:00:00Z"
        case .email: "an email address"
        case .secret: "a string of 1 to 1024 bytes"
        case .objects(let members, let count):
            "an array of \(count.lowerBound) to \(count.upperBound), each \(Self.shape(members))"
        }
    }

    private func shown(_ value: JSONValue) -> String {
        switch self.kind {
        case .secret, .email: return ""
        default:
            let text = value.text
            return text.count <= 40 ? ", not \(text)" : ", not \(value.kind) of \(text.count) characters"
        }
    }

    private func guess(_ value: JSONValue) -> String {
        guard case .oneOf(let options) = self.kind, let text = value.stringValue,
            let nearest = NearestName.of(text, among: options)
        else { return "" }
        return "; did you mean `\(nearest)`?"
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { self >= "0" && self <= "9" && self.isASCII }
}
