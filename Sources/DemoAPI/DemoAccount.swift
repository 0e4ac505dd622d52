/// A login of the demonstration API, meant to be shown to whoever runs it.
package struct DemoAccount: Sendable {
    package let email: String
    package let password: String
    package let role: Role
    package let firstName: String
    package let lastName: String

    package var name: String { "\(self.firstName) \(self.lastName)" }
}

extension DemoAPI {
    /// The logins that exist after every start.
    package static let accounts = [
        DemoAccount(
            email: "superadmin@demo.test", password: "DemoSuper1!", role: .superadmin,
            firstName: "Demo", lastName: "Superadmin"),
        DemoAccount(
            email: "admin@demo.test", password: "DemoAdmin1!", role: .admin, firstName: "Demo", lastName: "Admin"),
        DemoAccount(
            email: "maria@demo.test", password: "DemoMaria1!", role: .user, firstName: "Maria", lastName: "Counter"),
        DemoAccount(
            email: "user@demo.test", password: "DemoUser1!", role: .user, firstName: "Demo", lastName: "User"),
    ]
}
