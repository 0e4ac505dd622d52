import JSON
import NIOCore
import TokenVault

@testable import UpstreamPipeline

/// Routes and requests most tests start from.
enum Samples {
    static let id = "64b0000000000000000000a1"

    static let sales = Route(
        "GET", "/sales", summary: "Lists sales.",
        parameters: [
            Parameter("page", .query, .integer(1...1000)), Parameter("limit", .query, .integer(1...100)),
            Parameter("startDate", .query, .date), Parameter("settled", .query, .boolean),
            Parameter("dateField", .query, .oneOf(["createdAt", "updatedAt"])),
            Parameter("customerId", .query, .objectID), Parameter("note", .query, .string(maximumLength: 20)),
            Parameter("minimum", .query, .number(0...1000)),
        ],
        timeToLive: .seconds(60), groups: ["sales"])
    static let sale = Route(
        "GET", "/sales/{id}", summary: "One sale.", parameters: [Parameter("id", .path, .objectID, required: true)],
        timeToLive: .seconds(60), groups: ["sales"])
    static let health = Route("GET", "/health", summary: "Health.", access: .open)
    static let login = Route(
        "POST", "/auth/login", summary: "Logs in.",
        parameters: [
            Parameter("email", .body, .email, required: true), Parameter("password", .body, .secret, required: true),
        ],
        access: .open, writeClass: .session, isRepeatSafe: false)
    static let createSale = Route(
        "POST", "/sales", summary: "Sells.", invalidates: ["sales"], writeClass: .confirm, isRepeatSafe: false)
    static let clean = Route("POST", "/test-data/clean", summary: "Wipes.", writeClass: .forbidden)
    static let drops = Route(
        "GET", "/inventory-drops", summary: "Drops.", access: .roles(["superadmin", "admin"]),
        timeToLive: .seconds(60), groups: ["drops"])
    static let export = Route("GET", "/reporting/export", summary: "CSV.", answer: .text)
    /// Changes data without asking: what a confirmed write will be.
    static let settle = Route(
        "PATCH", "/sales/{id}/settle", summary: "Settles.",
        parameters: [Parameter("id", .path, .objectID, required: true)], invalidates: ["sales"], writeClass: .session)

    static let routes = RouteTable([sales, sale, health, login, createSale, clean, drops, export, settle])

    static func call(
        _ route: String = "GET /sales", _ arguments: JSONObject = [:], session: String = "s1",
        token: String? = "secret-token"
    ) -> PipelineCall {
        PipelineCall(route: route, arguments: arguments, session: session, token: token.map { Secret($0) })
    }

    static func resolved(_ route: String = "GET /sales", _ arguments: JSONObject = [:]) throws -> ResolvedRequest {
        try self.routes.resolve(self.call(route, arguments))
    }

    static func response(
        _ status: Int = 200, _ body: String = "{}", type: String? = "application/json",
        _ headers: [String: String] = [:]
    ) -> TransportResponse {
        let type = type.map { [("content-type", $0)] } ?? []
        return TransportResponse(
            status: status, headers: headers.map { ($0.key, $0.value) } + type, body: ByteBuffer(string: body))
    }
}
