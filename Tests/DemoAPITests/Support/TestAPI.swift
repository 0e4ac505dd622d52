import HTTPServer
import JSON
import NIOCore
import NIOHTTP1
import Testing

@testable import DemoAPI

/// A demonstration API called without sockets, at a time the test decides.
struct TestAPI {
    let clock = TestClock()
    let api: DemoAPI

    init(_ change: (inout DemoConfiguration) -> Void = { _ in }) {
        var configuration = DemoConfiguration()
        configuration.rateLimit = 100_000
        configuration.now = { [clock] in clock.now }
        change(&configuration)
        self.api = DemoAPI(configuration: configuration)
    }

    /// An answer with its body read.
    struct Answer {
        let status: Int
        let headers: HTTPHeaders
        let text: String

        init(_ response: HTTPResponse) {
            self.status = Int(response.status.code)
            self.headers = response.headers
            self.text = String(buffer: response.body)
        }

        /// The body as JSON; null when it is none.
        var json: JSONValue { (try? JSONValue(parsing: self.text)) ?? .null }
        var message: String? { self.json["message"]?.stringValue }

        subscript(key: String) -> JSONValue { self.json[key] ?? .null }
    }

    func call(
        _ method: HTTPMethod, _ target: String, as role: Role? = nil, json: JSONValue? = nil,
        headers: HTTPHeaders = [:]
    ) throws -> Answer {
        try self.call(
            method, target, as: role, body: json?.text ?? "", type: json == nil ? nil : "application/json",
            headers: headers)
    }

    func call(
        _ method: HTTPMethod, _ target: String, as role: Role? = nil, body: String, type: String?,
        headers: HTTPHeaders = [:]
    ) throws -> Answer {
        var headers = headers
        if let role { headers.add(name: "Authorization", value: "Bearer \(try self.token(role))") }
        if let type { headers.add(name: "Content-Type", value: type) }
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let lowered = parts[0].lowercased()
        let isWhole = lowered.hasPrefix("/api/") || lowered.hasPrefix("/bitetrack")
        let path = isWhole ? parts[0] : "/api/v2" + parts[0]
        let request = HTTPRequest(
            method: method, path: path, query: parts.count > 1 ? parts[1] : nil, headers: headers,
            body: ByteBuffer(string: body))
        return Answer(try #require(self.api.respond(to: request)))
    }

    func get(_ target: String, as role: Role = .admin) throws -> Answer { try self.call(.GET, target, as: role) }

    func token(_ role: Role) throws -> String {
        let account = try #require(DemoAPI.accounts.first { $0.role == role })
        return try self.token(email: account.email, password: account.password)
    }

    func token(email: String, password: String) throws -> String {
        let answer = try self.call(
            .POST, "/auth/login", json: ["email": .string(email), "password": .string(password)])
        return try #require(answer["token"].stringValue)
    }

    // MARK: Rows

    func customers() throws -> [JSONValue] { try self.get("/customers").json.arrayValue ?? [] }
    func products() throws -> [JSONValue] { try self.get("/products").json.arrayValue ?? [] }

    func product(named name: String) throws -> JSONValue {
        try #require(try self.products().first { $0["productName"] == .string(name) })
    }

    /// Every sale, page by page.
    func sales(_ query: String = "") throws -> [JSONValue] {
        var rows: [JSONValue] = []
        for page in 1...300 {
            let answer = try self.get("/sales?limit=100&page=\(page)&\(query)")
            rows += answer["sales"].arrayValue ?? []
            if answer["pagination"]["hasNextPage"] != true { return rows }
        }
        return rows
    }
}

extension JSONValue {
    /// Like the optional subscript, for chains in expectations: absent is null.
    subscript(key: String) -> JSONValue { self.objectValue?[key] ?? .null }
    subscript(index: Int) -> JSONValue {
        guard let array = self.arrayValue, array.indices.contains(index) else { return .null }
        return array[index]
    }
    var id: String { (self["id"] as JSONValue).stringValue ?? "" }
    var keys: [String] { self.objectValue.map { $0.map(\.key) } ?? [] }
}
