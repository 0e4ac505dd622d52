import ModelContextProtocol
import TokenVault

/// Seals what clients carry for the server, under a key that lives as long as the process.
struct KeySealer: StateSealer {
    private let key: SealingKey

    init() throws { self.key = try SealingKey() }

    func seal(_ text: String, context: String) throws -> [UInt8] {
        try self.key.seal(Secret(text), context: context).bytes
    }

    func open(_ sealed: [UInt8], context: String) throws -> String {
        try self.key.open(SealedBox(bytes: sealed), context: context).reveal { $0 }
    }
}
