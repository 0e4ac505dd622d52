import Testing

@testable import TokenVault

struct SealingKeyTests {
    @Test("opens what it sealed", arguments: ["", "a", "token.with.dots", String(repeating: "é", count: 5000)])
    func roundTrip(text: String) throws {
        let key = try SealingKey()
        let box = try key.seal(Secret(text), context: "session")
        #expect(box.bytes.count == text.utf8.count + SealedBox.overheadBytes)
        #expect(try key.open(box, context: "session").reveal { $0 } == text)
    }

    @Test("does not open when any one byte was changed")
    func tampering() throws {
        let key = try SealingKey()
        let box = try key.seal(Secret("secret token"), context: "session")
        for index in box.bytes.indices {
            var bytes = box.bytes
            bytes[index] ^= 1
            #expect(throws: VaultError.self) { try key.open(SealedBox(bytes: bytes), context: "session") }
        }
    }

    @Test("does not open cut bytes", arguments: 0..<40)
    func truncation(count: Int) throws {
        let key = try SealingKey()
        let box = try key.seal(Secret("twelve bytes"), context: "session")
        let cut = SealedBox(bytes: Array(box.bytes.prefix(count)))
        try #require(count < box.bytes.count)
        #expect(throws: VaultError.self) { try key.open(cut, context: "session") }
    }

    @Test("does not open under another context or key")
    func otherContext() throws {
        let key = try SealingKey()
        let box = try key.seal(Secret("secret token"), context: "session")
        #expect(throws: VaultError.self) { try key.open(box, context: "sessioN") }
        #expect(throws: VaultError.self) { try key.open(box, context: "") }
        #expect(throws: VaultError.self) { try SealingKey().open(box, context: "session") }
    }

    @Test("never uses a nonce twice, and the text leaves no trace")
    func nonces() throws {
        let key = try SealingKey()
        var nonces: Set<[UInt8]> = []
        for _ in 0..<20_000 {
            let bytes = try key.seal(Secret("aaaaaaaaaaaaaaaa"), context: "session").bytes
            nonces.insert(Array(bytes.prefix(SealedBox.nonceBytes)))
            #expect(!bytes.contains([UInt8]("aaaaaaaa".utf8)))
        }
        #expect(nonces.count == 20_000)
    }

    @Test("refuses what is too long to be a small secret")
    func tooLong() throws {
        let text = String(repeating: "x", count: SealingKey.maximumBytes + 1)
        #expect(throws: VaultError("too long to be sealed")) { try SealingKey().seal(Secret(text), context: "") }
    }

    @Test("a wiped box holds zeros only")
    func wiping() throws {
        var box = try SealingKey().seal(Secret("secret"), context: "session")
        let count = box.bytes.count
        box.wipe()
        #expect(box.bytes == [UInt8](repeating: 0, count: count))
    }
}
