import Testing

@testable import BiteTrack

struct RedactorTests {
    private func redactor(_ passwords: String...) -> Redactor {
        passwords.reduce(into: Redactor()) { $0.add($1) }
    }

    @Test(
        "passwords go, wherever they stand",
        arguments: [
            ("hunter22", "[redacted]"), ("a hunter22 b hunter22", "a [redacted] b [redacted]"),
            ("hunter2", "hunter2"), ("", ""), ("hunthunter22er22", "hunt[redacted]er22"),
        ])
    func passwords(text: String, expected: String) {
        #expect(self.redactor("hunter22").redacted(text) == expected)
    }

    @Test("a password is found in its JSON form too")
    func escaped() {
        let redactor = self.redactor("a\"b\\cé")
        #expect(redactor.redacted(#"{"p":"a\"b\\cé"}"#) == #"{"p":"[redacted]"}"#)
        #expect(redactor.redacted("a\"b\\cé") == "[redacted]")
    }

    @Test("a password taken from source code is found as it was meant")
    func sourceEscapes() {
        #expect(self.redactor(#"pass\"word"#).redacted(#"said pass"word"#) == "said [redacted]")
    }

    @Test("overlapping passwords leave nothing of either")
    func overlapping() {
        #expect(self.redactor("abcdef", "defghi").redacted("abcdefghi!") == "[redacted]!")
        #expect(self.redactor("abcd", "abcdefgh").redacted("abcdefgh!") == "[redacted]!")
    }

    @Test("short passwords are left alone, and only so many are kept")
    func bounds() {
        #expect(self.redactor("abc").redacted("abc") == "abc")
        var redactor = Redactor()
        for number in 0..<50 { redactor.add("password\(number)") }
        #expect(redactor.redacted("password49") == "[redacted]")
        #expect(redactor.redacted("password10") == "password10")
    }

    @Test(
        "tokens go by their shape, cut off or not",
        arguments: [
            ("t=eyJhbGciOi.eyJpZCI6Ij.c2ln-_;", "t=[redacted];"), ("eyJhbGciOi.eyJpZCI6Ij", "[redacted]"),
            ("eyJhbGciOi.eyJpZCI6Ij. end", "[redacted] end"), ("eyJ is no token", "eyJ is no token"),
            ("eyJhbGciOi", "eyJhbGciOi"), ("heyJude.dog", "heyJude.dog"), ("key eyJa.b.c", "key eyJa.b.c"),
        ])
    func tokens(text: String, expected: String) {
        let clean = Redactor().redacted(text)
        #expect(clean == expected)
    }

    @Test("a redactor does not show what it hides")
    func printing() {
        var text = ""
        dump(self.redactor("hunter22"), to: &text)
        #expect(!text.contains("hunter22") && !text.contains("104"))
    }

    @Test(
        "password literals of a script are found",
        arguments: [
            (#"login({ email: "e", password: "hunter22" })"#, ["hunter22"]),
            ("const PASSWORD = 'hunter22';", ["hunter22"]), ("{'password' : `hunter22`}", ["hunter22"]),
            ("userPassword2=\"a\\\"b\"", [#"a\"b"#]), ("password: \"never closed\n", ["never closed"]),
            ("passwd:'x', contrasena:'y'", ["x", "y"]),
            ("password", []), ("password:", []), ("password: other", []), ("const p = 'password';", []), ("", []),
            ("password: ''", []), ("password: '\\", ["\\"]),
        ])
    func literals(code: String, expected: [String]) {
        #expect(PasswordLiterals.find(in: code) == expected)
    }
}
