import JSON
import Testing

@testable import TokenVault

struct JWTClaimsTests {
    @Test("reads id, role and times")
    func reads() throws {
        let claims = try JWTClaims(
            reading: token(#"{"id":"64b0000000000000000000a2","role":"admin","iat":1700000000,"exp":1700086400}"#))
        #expect(claims.id == "64b0000000000000000000a2")
        #expect(claims.role == "admin")
        #expect(claims.issuedAt == 1_700_000_000)
        #expect(claims.expiresAt == 1_700_086_400)
    }

    @Test(
        "says what is wrong without repeating the token",
        arguments: [
            ("", "1 parts"), ("abc", "1 parts"), ("a.b", "2 parts"), ("a.b.c.d", "4 parts"),
            ("a..c", "payload is empty"), (".e30.c", "header is empty"), ("a.e30.", "signature is empty"),
            ("a.e30=.c", "not base64url"), ("a.e+0.c", "not base64url"), ("a.e31.c", "not base64url"),
            ("a.eeeee.c", "not base64url"), ("a.e.c", "not base64url"), ("a.bm90IGpzb24.c", "not a JSON object"),
            ("a.W10.c", "not a JSON object"), ("a.e30.c", "claim `id`"),
        ])
    func refuses(text: String, expected: String) throws {
        let error = try #require(throws: VaultError.self) { try JWTClaims(reading: Secret(text)) }
        #expect(error.description.contains(expected))
    }

    @Test(
        "names the claim that is missing or of the wrong type",
        arguments: [
            (#"{"id":"x","iat":1,"exp":2}"#, "role"), (#"{"id":1,"role":"user","iat":1,"exp":2}"#, "id"),
            (#"{"id":"x","role":"user","iat":"1","exp":2}"#, "iat"), (#"{"id":"x","role":"user","iat":1}"#, "exp"),
            (#"{"id":"x","role":"user","iat":1,"exp":1.5}"#, "exp"), (#"{"id":"x","role":"","iat":1,"exp":2}"#, "role"),
            (#"{"id":"x","role":"user","iat":1,"exp":-2}"#, "exp"),
        ])
    func claims(payload: String, claim: String) throws {
        let error = try #require(throws: VaultError.self) { try JWTClaims(reading: token(payload)) }
        #expect(error.description.contains("`\(claim)`"))
    }

    @Test("does not read endless tokens")
    func tooLong() {
        #expect(throws: VaultError.self) {
            try JWTClaims(reading: Secret(String(repeating: "a", count: JWTClaims.maximumBytes + 1)))
        }
    }

    private func token(_ payload: String) -> Secret<String> {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        var (text, buffer, bits) = ("", 0, 0)
        for byte in payload.utf8 {
            buffer = buffer << 8 | Int(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(alphabet[buffer >> bits & 63])
            }
            buffer &= (1 << bits) - 1
        }
        if bits > 0 { text.append(alphabet[buffer << (6 - bits) & 63]) }
        return Secret("eyJhbGciOiJIUzI1NiJ9.\(text).c2lnbmF0dXJl")
    }
}
