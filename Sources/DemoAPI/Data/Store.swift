/// Everything the API knows: the tables, and what is pending.
struct Store: Sendable {
    var customers = Table<Customer>()
    var products = Table<Product>()
    /// Oldest first: sales are added at the time of the clock and never removed.
    var sales = Table<Sale>()
    var sellers = Table<Seller>()
    var pendingSellers = Table<PendingSeller>()
    var drops = Table<InventoryDrop>()
    var passwordResets: [String: PasswordReset] = [:]
    var ids: ObjectIDSource

    init(ids: ObjectIDSource) { self.ids = ids }

    func seller(email: String) -> Seller? { self.sellers.rows.first { $0.email == email } }
    func pendingSeller(email: String) -> PendingSeller? { self.pendingSellers.rows.first { $0.email == email } }
}
