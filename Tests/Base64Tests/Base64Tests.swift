import Base64
import Testing

struct Base64Tests {
    @Test(
        "writes and reads both forms (RFC 4648 section 10)",
        arguments: [
            ("", "", ""), ("f", "Zg==", "Zg"), ("fo", "Zm8=", "Zm8"), ("foo", "Zm9v", "Zm9v"),
            ("foob", "Zm9vYg==", "Zm9vYg"), ("fooba", "Zm9vYmE=", "Zm9vYmE"), ("foobar", "Zm9vYmFy", "Zm9vYmFy"),
            ("??>>", "Pz8+Pg==", "Pz8-Pg"),
        ])
    func forms(text: String, standard: String, url: String) {
        #expect(Base64.encode(Array(text.utf8), as: .standard) == standard)
        #expect(Base64.encode(Array(text.utf8), as: .url) == url)
        #expect(Base64.decode(standard, as: .standard) == Array(text.utf8))
        #expect(Base64.decode(url, as: .url) == Array(text.utf8))
    }

    @Test("each form has its own letters")
    func alphabets() {
        #expect(Base64.encode([0xFB, 0xFF, 0xBF], as: .url) == "-_-_")
        #expect(Base64.encode([0xFB, 0xFF, 0xBF], as: .standard) == "+/+/")
    }

    @Test(
        "refuses what encoding never writes",
        arguments: ["Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Z===", "====", "Zm 9v", "Zm9v\n", "Pz8-Pg==", "Zg==Zg=="])
    func strictStandard(text: String) { #expect(Base64.decode(text, as: .standard) == nil) }

    @Test("refuses padding, stray bits and foreign letters in URLs", arguments: ["Zg==", "Zh", "Z", "Pz8+Pg", "é"])
    func strictURL(text: String) { #expect(Base64.decode(text, as: .url) == nil) }
}
