/// Which server certificates a client accepts.
package enum TLSVerification: Sendable, Equatable {
    /// Signed by an authority of the operating system, for the name asked for.
    case system
    /// Signed by an authority in this PEM file (or listed there itself), for the name asked for.
    case authorities(file: String)
    /// The one with this SHA-256 fingerprint, whatever its name.
    case fingerprint(String)
    /// Any: for tests and measurements only.
    case none
}
