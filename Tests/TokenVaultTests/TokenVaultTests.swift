import Testing

@testable import TokenVault

struct TokenVaultTests {
    private let identity = Identity(userID: "64b0000000000000000000a2", name: "Demo", role: "admin", expiresAt: 5)

    @Test("gives each session its own token and identity")
    func store() throws {
        let vault = try TokenVault()
        try vault.store(Secret("one"), identity: self.identity, session: "a")
        try vault.store(Secret("two"), identity: self.identity, session: "b")
        #expect(try vault.token(session: "a")?.reveal { $0 } == "one")
        #expect(try vault.token(session: "b")?.reveal { $0 } == "two")
        #expect(vault.identity(session: "a") == self.identity)
        #expect(try vault.token(session: "c") == nil)
        #expect(vault.identity(session: "c") == nil)
    }

    @Test("a second token replaces the first")
    func replace() throws {
        let vault = try TokenVault()
        try vault.store(Secret("one"), identity: self.identity, session: "a")
        try vault.store(Secret("two"), identity: self.identity, session: "a")
        #expect(try vault.token(session: "a")?.reveal { $0 } == "two")
    }

    @Test("a token moved to another session does not open")
    func moved() throws {
        let vault = try TokenVault()
        try vault.store(Secret("one"), identity: self.identity, session: "a")
        try vault.store(Secret("two"), identity: self.identity, session: "b")
        vault.replaceSealedBox(try #require(vault.sealedBox(session: "a")), session: "b")
        #expect(throws: VaultError.self) { try vault.token(session: "b") }
    }

    @Test("wiping forgets one session and no other")
    func wipe() throws {
        let vault = try TokenVault()
        try vault.store(Secret("one"), identity: self.identity, session: "a")
        try vault.store(Secret("two"), identity: self.identity, session: "b")
        vault.wipe(session: "a")
        vault.wipe(session: "never seen")
        #expect(try vault.token(session: "a") == nil)
        #expect(vault.sealedBox(session: "a") == nil)
        #expect(try vault.token(session: "b")?.reveal { $0 } == "two")
    }

    @Test("rotation seals everything anew and loses nothing")
    func rotation() throws {
        let vault = try TokenVault()
        for number in 0..<50 { try vault.store(Secret("t\(number)"), identity: self.identity, session: "s\(number)") }
        let before = vault.sealedBox(session: "s7")
        try vault.rotateKey()
        #expect(vault.sealedBox(session: "s7") != before)
        for number in 0..<50 { #expect(try vault.token(session: "s\(number)")?.reveal { $0 } == "t\(number)") }
    }

    @Test("a rotation that fails leaves every other token readable")
    func failedRotation() throws {
        let vault = try TokenVault()
        try vault.store(Secret("one"), identity: self.identity, session: "a")
        try vault.store(Secret("two"), identity: self.identity, session: "b")
        vault.replaceSealedBox(SealedBox(bytes: [1, 2, 3]), session: "b")
        #expect(throws: VaultError.self) { try vault.rotateKey() }
        #expect(try vault.token(session: "a")?.reveal { $0 } == "one")
    }

    @Test("serves readers while the key rotates")
    func concurrency() async throws {
        let vault = try TokenVault()
        try vault.store(Secret("one"), identity: self.identity, session: "a")
        try await withThrowingTaskGroup { group in
            for _ in 0..<4 {
                group.addTask { () throws in
                    for _ in 0..<200 {
                        let token = try vault.token(session: "a")
                        #expect(token?.reveal { $0 } == "one")
                    }
                }
            }
            group.addTask { for _ in 0..<50 { try vault.rotateKey() } }
            try await group.waitForAll()
        }
    }

    @Test("keeps the key where it cannot be swapped, or says that it could not")
    func locking() throws {
        let vault = try TokenVault()
        let locked = try lockedKilobytes()
        #expect(vault.isKeyLocked == (locked > 0))
    }
}

/// `VmLck` of this process (proc(5)).
private func lockedKilobytes() throws -> Int {
    let status = try readSmallFile("/proc/self/status")
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmLck:") })
    return try #require(Int(line.dropFirst(6).filter(\.isNumber)))
}
