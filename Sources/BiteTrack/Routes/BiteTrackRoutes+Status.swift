import UpstreamPipeline

extension BiteTrackRoutes {
    /// Public, but each request counts against the API's limit like any other.
    static let status: [Route] = [
        Route(
            "GET", "/", summary: "Describes the API: version, environment, documentation.", access: .open,
            timeToLive: .seconds(300)),
        Route(
            "GET", "/health", summary: "Tells that the API's process lives.", access: .open, timeToLive: .seconds(10)),
        Route(
            "GET", "/health/mongodb", summary: "Tells whether the API reaches its database.", access: .open,
            timeToLive: .seconds(10)),
        Route(
            "GET", "/docs.json", summary: "The API's OpenAPI description.", access: .open, timeToLive: .seconds(3600)),
    ]

    /// Fills and empties databases of developers: listed so that the refusal can say why.
    static let testData: [Route] = [
        Route(
            "GET", "/test-data/status", summary: "Counts test data.", access: administrators, writeClass: .forbidden),
        Route(
            "POST", "/test-data/populate", summary: "Adds test data.", access: administrators,
            writeClass: .forbidden, isRepeatSafe: false),
        Route(
            "DELETE", "/test-data/clean", summary: "Deletes test data.", access: administrators,
            writeClass: .forbidden, isRepeatSafe: false),
        Route(
            "POST", "/test-data/reset", summary: "Empties the database.", access: superadministrators,
            writeClass: .forbidden, isRepeatSafe: false),
    ]
}
