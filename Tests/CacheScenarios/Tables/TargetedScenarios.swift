/// Fields that speak to this kind of cache alone (RFC 9213, and the Edge Architecture note).
package enum TargetedScenarios {
    package static let all = Self.both("CDN-Cache-Control") + Self.both("Surrogate-Control") + Self.cdn + Self.surrogate

    private static func used(_ name: String, _ fields: Fields, _ kind: CacheScenario.Kind = .optimal) -> CacheScenario {
        CacheScenario(kind, name, [Step.store(fields).later, .cached()])
    }
    private static func spurned(_ name: String, _ fields: Fields) -> CacheScenario {
        CacheScenario(.required, name, [Step.store(fields).later, .fetched()])
    }

    private static func both(_ field: String) -> [CacheScenario] {
        func says(_ value: String, _ others: Fields = []) -> Fields { others + [(field, .text(value))] }
        let past: Fields = [("Expires", .date(-10_000)), ("Date", .date(0))]
        let future: Fields = [("Expires", .date(10_000)), ("Date", .date(0))]
        return [
            used("\(field) in the future", says("max-age=3600")),
            used("\(field) of two to the 31st", says("max-age=2147483648")),
            used("\(field) beyond counting", says("max-age=99999999999")),
            spurned("\(field) below the age", says("max-age=3600", [("Date", .date(0)), ("Age", "7200")])),
            spurned("\(field) of nothing", says("max-age=0")),
            used("\(field) with a directive nobody knows", says("foobar, max-age=3600")),
            used("\(field) wins over Expires in the past", says("max-age=3600", past)),
            used("\(field) wins over an Expires that is no date", says("max-age=3600", [("Expires", "0"), ("Date", .date(0))])),
            spurned("\(field) of nothing wins over Expires in the future", says("max-age=0", future)),
            used("a long \(field) wins over a short max-age", says("max-age=3600", [("Cache-Control", "max-age=1")])),
            spurned("a short \(field) wins over a long max-age", says("max-age=1", [("Cache-Control", "max-age=3600")])),
            spurned("no-store in \(field)", says("no-store")),
            spurned("no-store in \(field) wins over freshness", says("no-store", [("Cache-Control", "max-age=10000")] + future)),
        ]
    }

    private static let long: Fields = [("Cache-Control", "max-age=10000"), ("Expires", .date(10_000)), ("Date", .date(0))]
    static let cdn = [
        spurned("private in CDN-Cache-Control", [("CDN-Cache-Control", "private")] + long),
        spurned("no-cache in CDN-Cache-Control", [("CDN-Cache-Control", "no-cache")] + long),
        used("CDN-Cache-Control wins over no-store", [("Cache-Control", "no-store"), ("CDN-Cache-Control", "max-age=10000")], .required),
        spurned("a CDN-Cache-Control that is no Structured Field is ignored", [("CDN-Cache-Control", "max-age=10000, &&&&&"), ("Cache-Control", "no-store")]),
        spurned("a CDN-Cache-Control with a value of another type is ignored", [("CDN-Cache-Control", "max-age=\"10000\""), ("Cache-Control", "no-store")]),
        used("an empty CDN-Cache-Control is ignored", [("CDN-Cache-Control", ""), ("Cache-Control", "max-age=3600")]),
        CacheScenario(
            .required, "CDN-Cache-Control is passed on",
            [Step.store(long + [("CDN-Cache-Control", "foo")]).expecting([("CDN-Cache-Control", "foo")])]),
    ]
    static let surrogate = [
        used("Surrogate-Control in mixed case", [("Surrogate-Control", "MaX-aGe=3600")]),
        used("Surrogate-Control meant for this cache", [("Surrogate-Control", "max-age=3600;bitetrack-sidecar")]),
        spurned("Surrogate-Control meant for another cache", [("Surrogate-Control", "max-age=3600;not-for-you")]),
        used("CDN-Cache-Control wins over Surrogate-Control", [("Surrogate-Control", "max-age=0"), ("CDN-Cache-Control", "max-age=3600")]),
    ]
}
