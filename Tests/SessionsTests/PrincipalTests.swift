import Testing

@testable import Sessions

struct PrincipalTests {
    @Test(
        "is anonymous without a bearer token",
        arguments: [nil, "", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "token abc"])
    func anonymous(header: String?) { #expect(Principal(authorization: header) == .anonymous) }

    @Test("is the SHA-256 of the token, whatever the case of the scheme", arguments: ["Bearer abc", "bearer  abc"])
    func digest(header: String) {
        let expected: [UInt8] = [
            0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40, 0xde, 0x5d, 0xae, 0x22, 0x23,
            0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17, 0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad,
        ]
        #expect(Principal(authorization: header) == .bearer(digest: expected))
    }
}
