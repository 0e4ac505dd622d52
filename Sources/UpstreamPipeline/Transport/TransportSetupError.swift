/// Why there can be no transport: a configuration that cannot work, or a machine that gives no more threads.
package struct TransportSetupError: Error, CustomStringConvertible, Equatable {
    package let description: String

    init(_ description: String) { self.description = description }
}
