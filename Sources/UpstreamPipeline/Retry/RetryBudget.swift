/// Keeps repeats a small part of the traffic, so that they cannot keep an upstream down that is in trouble.
///
/// Every first try earns a fifth of a repeat; a few are saved up.
struct RetryBudget {
    static let saved = 10.0
    static let perCall = 0.2
    private(set) var balance = RetryBudget.saved

    mutating func countFirstTry() { self.balance = min(RetryBudget.saved, self.balance + RetryBudget.perCall) }

    /// Whether one more repeat may be sent; it is counted then.
    mutating func take() -> Bool {
        guard self.balance >= 1 else { return false }
        self.balance -= 1
        return true
    }
}
