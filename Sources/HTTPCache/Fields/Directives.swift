/// The members of a `Cache-Control` field, in order (RFC 9111, section 5.2).
struct Directives {
    struct Directive {
        /// In lower case.
        let name: String
        /// Without its quotes; nil when there was none.
        let argument: String?
    }

    let list: [Directive]

    init(list: [Directive]) { self.list = list }

    /// Members that break the grammar are passed over; what an argument means is decided by who asks for it.
    init(_ lines: [String]) {
        self.list = FieldText.members(lines).compactMap { member in
            let equals = member.utf8.firstIndex(of: UInt8(ascii: "="))
            let name = member[..<(equals ?? member.endIndex)]
            guard FieldText.isToken(name.utf8) else { return nil }
            let argument = equals.map { member[member.utf8.index(after: $0)...] }
            return Directive(name: name.lowercased(), argument: argument.map { FieldText.unquoted($0) ?? String($0) })
        }
    }

    func contains(_ name: String) -> Bool { self.list.contains { $0.name == name } }

    /// The first of that name: of two that differ, a cache should take the first (RFC 9111, section 4.2.1).
    func first(_ name: String) -> Directive? { self.list.first { $0.name == name } }

    /// The seconds a directive gives.
    ///
    /// - Returns: nil when the directive is absent; 0 when its argument is no whole number, because freshness that
    ///   cannot be read is to be taken as none (RFC 9111, section 4.2.1).
    func seconds(_ name: String) -> Int? {
        self.first(name).map { directive in directive.argument.flatMap { FieldText.seconds($0) } ?? 0 }
    }

    /// Field names listed as the directive's argument, in lower case; empty when it has none.
    func fields(_ name: String) -> [String] {
        self.list.filter { $0.name == name }.flatMap { directive in
            directive.argument.map { FieldText.members([$0]).map { $0.lowercased() } } ?? []
        }
    }

    /// Whether the directive stands there without naming fields, and so speaks of the whole response.
    func containsWhole(_ name: String) -> Bool { self.list.contains { $0.name == name && $0.argument == nil } }
}
