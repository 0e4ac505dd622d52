import Testing

@testable import BiteTrack

struct ShopZoneTests {
    /// 24 November 2025, 12:00 UTC.
    private static let now = 1_763_985_600

    @Test(
        "a zone knows when its clocks change",
        arguments: [
            ("America/Bogota", 1_763_985_600, -300), ("UTC", 1_763_985_600, 0),
            // Spring and autumn of 2025 in Madrid: 30 March and 26 October, 01:00 UTC.
            ("Europe/Madrid", 1_743_296_399, 60), ("Europe/Madrid", 1_743_296_400, 120),
            ("Europe/Madrid", 1_761_440_399, 120), ("Europe/Madrid", 1_761_440_400, 60),
            ("America/New_York", 1_762_063_199, -240), ("America/New_York", 1_762_063_200, -300),
            ("Asia/Kathmandu", 1_763_985_600, 345),
        ])
    func offsets(identifier: String, seconds: Int, minutes: Int) throws {
        let zone = try #require(ShopZone(identifier: identifier, now: Self.now))
        #expect(zone.secondsAhead(at: seconds) == minutes * 60)
    }

    @Test("working out a zone takes little of the start")
    func cost() throws {
        let clock = ContinuousClock()
        let time = try clock.measure { _ = try #require(ShopZone(identifier: "Europe/Madrid", now: Self.now)) }
        print("shop zone: \(time)")
        #expect(time < .milliseconds(200), "\(time)")
    }

    @Test("the zone of the standard is what the machine knows of it")
    func standard() throws {
        let zone = try #require(ShopZone(identifier: ShopZone.standardIdentifier, now: Self.now))
        #expect(zone.offsets.map(\.minutes) == ShopZone.standard.offsets.map(\.minutes))
        #expect(zone.module.contains("export const timeZone = \"America/Bogota\";"))
    }

    @Test(
        "what is no zone is none",
        arguments: ["", "Bogota/America", "../etc/passwd", String(repeating: "x", count: 90)])
    func unknown(identifier: String) { #expect(ShopZone(identifier: identifier, now: Self.now) == nil) }
}
