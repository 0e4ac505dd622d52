import Testing
import TokenVault

struct SecretTests {
    private struct Holder { let token: Secret<String> }

    @Test("shows nothing by printing, reflecting or dumping, alone or inside another value")
    func printing() {
        let secret = Secret("hunter2")
        let holder = Holder(token: secret)
        var dumped = ""
        dump(secret, to: &dumped)
        dump(holder, to: &dumped)
        dump([secret], to: &dumped)
        let optional: Secret<String>? = secret
        let texts = [
            "\(secret)", "\(holder)", String(describing: optional), String(reflecting: secret), "\([secret])", dumped,
            "\(["token": secret])", "\(Secret(["hunter2"]))", "\(Secret([UInt8]("hunter2".utf8)))",
        ]
        for text in texts { #expect(!text.contains("hunter2") && !text.contains("104")) }
        #expect(Mirror(reflecting: secret).children.isEmpty)
    }

    @Test("lends the value")
    func reveal() { #expect(Secret("hunter2").reveal(\.count) == 7) }
}
