/// Response fields that speak to this kind of cache alone.
enum TargetedDirectives {
    /// The name by which `Surrogate-Control` may address this cache.
    static let surrogateName = "bitetrack-sidecar"

    /// The directives of a targeted field.
    ///
    /// - Returns: nil when the field is to be ignored as if it were not there: empty, no valid Structured Field, or a
    ///   directive with a value of another type (RFC 9213, section 2.1).
    static func read(_ lines: [String], field: String) -> Directives? {
        field == "surrogate-control" ? self.surrogate(lines) : self.dictionary(lines)
    }

    private static func dictionary(_ lines: [String]) -> Directives? {
        guard let members = StructuredDictionary(lines)?.members, !members.isEmpty else { return nil }
        var list: [Directives.Directive] = []
        for (name, value) in members {
            switch value {
            case .boolean(true): list.append(Directives.Directive(name: name, argument: nil))
            case .boolean(false): continue
            case .integer(let number):
                list.append(Directives.Directive(name: name, argument: String(number)))
            case .string(let text) where name == "no-cache" || name == "private":
                list.append(Directives.Directive(name: name, argument: text))
            case .string, .other:
                if self.takesSeconds.contains(name) { return nil }
            }
        }
        return Directives(list: list)
    }

    private static let takesSeconds: Set<String> = [
        "max-age", "s-maxage", "stale-while-revalidate", "stale-if-error",
    ]

    /// Edge Architecture, section 2.3: like `Cache-Control`, but a directive may name the surrogate it is meant for
    /// behind a semicolon, and `max-age` may add a time in which stale answers are fine.
    private static func surrogate(_ lines: [String]) -> Directives? {
        var texts: [String] = []
        for member in FieldText.members(lines) {
            let parts = member.split(separator: ";", omittingEmptySubsequences: false).map {
                Substring(FieldText.trimmed($0.utf8))
            }
            guard parts.count == 1 || parts.dropFirst().contains(where: { $0 == Self.surrogateName }) else { continue }
            let words = parts[0].split(separator: "+", maxSplits: 1)
            guard let first = words.first else { continue }
            texts.append(String(first))
            if words.count == 2, first.lowercased().hasPrefix("max-age=") {
                texts.append("stale-while-revalidate=\(words[1])")
            }
        }
        let directives = Directives(texts)
        let known = ["max-age", "no-store"]
        return known.contains(where: directives.contains) ? directives : nil
    }
}
