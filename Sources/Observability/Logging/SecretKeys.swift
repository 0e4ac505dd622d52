import Logging

/// Metadata keys whose values never reach a log, whoever put them there.
enum SecretKeys {
    private static let words = [
        "authorization", "password", "passwd", "secret", "token", "cookie", "credential", "jwt",
    ]
    static let placeholder = "[hidden]"

    static func contains(_ key: String) -> Bool {
        let key = key.lowercased()
        return self.words.contains { key.contains($0) }
    }

    /// The value as text, or the placeholder; members of nested dictionaries are judged by their own keys.
    static func shown(_ value: Logger.MetadataValue, of key: String) -> String {
        self.contains(key) ? self.placeholder : self.clean(value).description
    }

    private static func clean(_ value: Logger.MetadataValue) -> Logger.MetadataValue {
        switch value {
        case .string, .stringConvertible: value
        case .array(let elements): .array(elements.map(self.clean))
        case .dictionary(let members):
            .dictionary(
                Dictionary(
                    uniqueKeysWithValues: members.map { key, value in
                        (key, self.contains(key) ? .string(self.placeholder) : self.clean(value))
                    }))
        }
    }
}
