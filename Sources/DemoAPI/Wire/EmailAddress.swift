/// Checks and normalises addresses like validator.js.
enum EmailAddress {
    /// A plausible address: one `@`, no blanks, a dotted domain.
    static func isValid(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[0].utf8.count <= 64, text.utf8.count <= 254,
            text.utf8.allSatisfy({ $0 > 0x20 && !"\"(),:;<>[\\]".utf8.contains($0) })
        else { return false }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, let top = labels.last, top.count >= 2, top.allSatisfy(\.isLetter) else { return false }
        let isLabel = { (label: Substring) in
            !label.isEmpty && label.first != "-" && label.last != "-"
                && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
        }
        return labels.allSatisfy(isLabel) && !parts[0].hasPrefix(".") && !parts[0].hasSuffix(".")
    }

    /// `normalizeEmail` with default options: lowercase, and the aliases of large providers folded together.
    static func normalized(_ text: String) -> String {
        let parts = text.trimmed.lowercased().split(separator: "@", maxSplits: 1)
        guard parts.count == 2 else { return text.lowercased() }
        var local = String(parts[0])
        var domain = String(parts[1])
        switch domain {
        case "gmail.com", "googlemail.com":
            local = String(local.prefix { $0 != "+" }).filter { $0 != "." }
            domain = "gmail.com"
        case "icloud.com", "me.com", "outlook.com", "hotmail.com", "live.com", "msn.com":
            local = String(local.prefix { $0 != "+" })
        case "yahoo.com", "ymail.com", "rocketmail.com":
            local = local.lastIndex(of: "-").map { String(local[..<$0]) } ?? local
        default: break
        }
        return "\(local)@\(domain)"
    }
}
