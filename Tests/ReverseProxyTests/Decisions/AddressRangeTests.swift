import ReverseProxy
import Testing

struct AddressRangeTests {
    @Test(
        "holds the addresses that share its bits",
        arguments: [
            ("10.0.0.0/8", "10.255.1.2", true), ("10.0.0.0/8", "11.0.0.1", false), ("192.0.2.1", "192.0.2.1", true),
            ("192.0.2.1", "192.0.2.2", false), ("192.0.2.128/25", "192.0.2.127", false), ("0.0.0.0/0", "8.8.8.8", true),
            ("fd00::/8", "fd12::1", true), ("fd00::/8", "fe80::1", false), ("::1", "::1", true),
            ("10.0.0.0/8", "::ffff:10.1.1.1", true), ("10.0.0.0/8", "fd00::1", false), ("10.0.0.0/8", "", false),
            ("10.0.0.0/8", "unknown", false),
        ])
    func contains(range: String, address: String, expected: Bool) throws {
        #expect(try #require(AddressRange(range)).contains(address) == expected)
    }

    @Test(
        "is not made of anything else",
        arguments: ["", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0", "x/8", "::/129", "10.0.0.0/"])
    func invalid(text: String) { #expect(AddressRange(text) == nil) }
}
