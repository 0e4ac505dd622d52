import ModelContextProtocol
import TokenVault

/// Seals as the sidecar does.
struct VaultSealer: StateSealer {
    let vault: TokenVault

    func seal(_ text: String, context: String) throws -> [UInt8] {
        try self.vault.seal(Secret(text), context: context).bytes
    }

    func open(_ sealed: [UInt8], context: String) throws -> String {
        try self.vault.open(SealedBox(bytes: sealed), context: context).reveal { $0 }
    }
}
