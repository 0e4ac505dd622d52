/// Stops the run at a broken promise, so that the fuzzer keeps the input.
package func finding(_ what: String) -> Never { fatalError("finding: \(what)") }

/// Stops the run unless a promise was kept.
package func promise(_ isKept: Bool, _ what: @autoclosure () -> String) {
    if !isKept { finding(what()) }
}
