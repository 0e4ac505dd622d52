import JSON

extension JSONValue {
    /// The element at `index` of an array.
    subscript(index: Int) -> JSONValue? {
        guard let array = self.arrayValue, array.indices.contains(index) else { return nil }
        return array[index]
    }

    /// The names of an object's members.
    var keys: Set<String> { Set(self.objectValue?.map(\.key) ?? []) }

    /// An integer written as one: `1`, not `1.0` or `1e3`.
    var isInteger: Bool {
        guard case .number(let number) = self else { return false }
        return Int(number.text) != nil
    }

    /// The same object with one member set, or removed.
    func with(_ key: String, _ value: JSONValue?) -> JSONValue {
        var object = self.objectValue ?? [:]
        object[key] = value
        return .object(object)
    }
}
