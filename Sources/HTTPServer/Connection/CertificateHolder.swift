import Synchronization

/// The certificate new connections are served with, and the files it came from.
final class CertificateHolder: Sendable {
    private let configuration: TLSConfiguration
    private let context: Mutex<TLSContext>

    init(configuration: TLSConfiguration) throws(TLSError) {
        self.configuration = configuration
        self.context = Mutex(try TLSContext.server(configuration))
    }

    var current: TLSContext { self.context.withLock { $0 } }

    /// Reads the files anew; keeps what was there when that fails.
    func reload() throws(TLSError) {
        let context = try TLSContext.server(self.configuration)
        self.context.withLock { $0 = context }
    }
}
