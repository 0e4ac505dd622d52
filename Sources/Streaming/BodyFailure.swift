/// Why a body ends before its end.
package enum BodyFailure: Error, Equatable, Sendable {
    /// Whoever wrote it is gone or gave up.
    case cutOff
    /// No more of it came in time.
    case timedOut
    /// What came is not what the protocol allows.
    case malformed
    /// More came than is allowed.
    case tooLarge(limitBytes: Int)
}
