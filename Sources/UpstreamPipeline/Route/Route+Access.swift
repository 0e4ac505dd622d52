extension Route.Access: CustomStringConvertible {
    /// Who may call, as it fits into a sentence: `any role`, `role admin or superadmin`.
    package var description: String {
        switch self {
        case .open: "nobody in particular"
        case .anyRole: "any role"
        case .roles(let roles): "role " + roles.sorted().joined(separator: " or ")
        }
    }
}
