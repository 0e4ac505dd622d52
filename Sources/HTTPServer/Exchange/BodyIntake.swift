/// How a handler wants the body of a request.
package enum BodyIntake: Sendable, Equatable {
    /// Whole, in ``HTTPRequest/body``, within the configured limit.
    case assembled
    /// As it comes, in ``HTTPRequest/stream``, at most this many bytes; nil sets no limit.
    case streamed(limitBytes: Int?)
}
