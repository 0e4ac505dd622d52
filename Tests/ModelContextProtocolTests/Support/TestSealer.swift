import ModelContextProtocol
import TokenVault

/// Seals with a key of its own, as the programs do.
struct TestSealer: StateSealer {
    // A test that cannot have a key cannot go on.
    private let key = try? SealingKey()

    struct NoKey: Error {}

    func seal(_ text: String, context: String) throws -> [UInt8] {
        guard let key else { throw NoKey() }
        return try key.seal(Secret(text), context: context).bytes
    }

    func open(_ sealed: [UInt8], context: String) throws -> String {
        guard let key else { throw NoKey() }
        return try key.open(SealedBox(bytes: sealed), context: context).reveal { $0 }
    }
}
