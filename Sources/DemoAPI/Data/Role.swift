/// What a seller may do; routes list the roles they accept, there is no ranking.
package enum Role: String, Sendable, CaseIterable {
    case user, admin, superadmin
}
