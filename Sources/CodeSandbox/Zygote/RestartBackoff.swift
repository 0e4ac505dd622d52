/// Decides how long to wait before a zygote that died is started again.
///
/// At once the first time; longer with each one that dies young, so that a zygote which cannot live costs little.
package struct RestartBackoff: Sendable {
    private var failures = 0
    private static let youth: Duration = .seconds(10)
    private static let longest: Duration = .seconds(5)

    package init() {}

    /// - Parameter lifetime: how long the zygote was ready; zero when it never was.
    package mutating func died(after lifetime: Duration) -> Duration {
        if lifetime >= Self.youth { self.failures = 0 }
        defer { self.failures += 1 }
        guard self.failures > 0 else { return .zero }
        return min(Self.longest, .milliseconds(50 << min(self.failures - 1, 10)))
    }
}
