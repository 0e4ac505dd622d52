/// What a route answers, before headers that every answer carries.
struct Reply {
    var status = 200
    var contentType: String? = "application/json; charset=utf-8"
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []
    /// Whether the body gets an entity tag; CSV files and empty answers have none.
    var isTagged = true

    /// An answer whose body is one JSON value.
    static func json(_ value: some JSONRenderable, status: Int = 200) -> Reply {
        Reply(status: status, body: JSONText.of(value))
    }

    /// An answer whose body is one JSON object.
    static func object(status: Int = 200, _ members: (inout JSONText) -> Void) -> Reply {
        Reply(status: status, body: JSONText.object(members))
    }

    /// An answer whose body is a bare array.
    static func array<Elements: Sequence>(
        _ elements: Elements, _ write: (Elements.Element, inout JSONText) -> Void
    ) -> Reply {
        var text = JSONText()
        text.array(elements, write)
        return Reply(body: text.bytes)
    }

    static let noContent = Reply(status: 204, contentType: nil, isTagged: false)

    static func error(_ error: APIError, now: Timestamp) -> Reply {
        Reply(status: error.status, body: error.body(now: now))
    }
}
