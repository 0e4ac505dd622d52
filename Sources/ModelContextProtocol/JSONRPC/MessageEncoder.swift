import JSON
import NIOCore

/// Writes JSON-RPC messages straight into buffers, in the form of one era.
struct MessageEncoder: Sendable {
    /// Members that every result of 2026-07-28 carries in `_meta`, encoded once; nil for legacy sessions.
    private let serverInfo: ByteBuffer?

    /// For legacy sessions: results carry nothing but what their method defines.
    static let legacy = MessageEncoder(serverInfo: nil)

    /// For requests of 2026-07-28.
    static func modern(serverInfo: JSONValue) -> MessageEncoder {
        var buffer = ByteBuffer()
        buffer.writeJSONString(RequestMeta.serverInfoKey)
        buffer.writeStaticString(":")
        buffer.writeJSON(serverInfo)
        return MessageEncoder(serverInfo: buffer)
    }

    func response(id: RequestID, _ body: ResultBody) -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(
            capacity: body.members.readableBytes + (self.serverInfo?.readableBytes ?? 0) + 192)
        buffer.writeStaticString("{\"jsonrpc\":\"2.0\",\"id\":")
        id.write(into: &buffer)
        buffer.writeStaticString(",\"result\":")
        self.writeResult(body, into: &buffer)
        buffer.writeStaticString("}")
        return buffer
    }

    /// Appends the result object.
    func writeResult(_ body: ResultBody, into buffer: inout ByteBuffer) {
        buffer.writeStaticString("{")
        if self.serverInfo != nil {
            buffer.writeStaticString("\"resultType\":\"")
            buffer.writeString(body.type.rawValue)
            buffer.writeStaticString("\",")
            if body.type == .complete, let caching = body.caching {
                buffer.writeString("\"ttlMs\":\(caching.milliseconds),\"cacheScope\":\"\(caching.scope.rawValue)\",")
            }
        }
        buffer.writeImmutableBuffer(body.members)
        let meta = body.meta ?? [:]
        if self.serverInfo != nil || !meta.isEmpty {
            if body.members.readableBytes > 0 { buffer.writeStaticString(",") }
            buffer.writeStaticString("\"_meta\":{")
            if let serverInfo {
                buffer.writeImmutableBuffer(serverInfo)
                if !meta.isEmpty { buffer.writeStaticString(",") }
            }
            buffer.writeMembers(meta)
            buffer.writeStaticString("}")
        }
        buffer.writeStaticString("}")
    }

    /// An error response; without `id` for what could not be read: the schemas of the protocol allow no null there.
    static func error(id: RequestID?, _ error: RPCError) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeStaticString("{\"jsonrpc\":\"2.0\"")
        if let id {
            buffer.writeStaticString(",\"id\":")
            id.write(into: &buffer)
        }
        buffer.writeStaticString(",\"error\":")
        buffer.writeJSON(.object(error.members))
        buffer.writeStaticString("}")
        return buffer
    }

    static func notification(_ method: String, params: JSONValue) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeStaticString("{\"jsonrpc\":\"2.0\",\"method\":")
        buffer.writeJSONString(method)
        buffer.writeStaticString(",\"params\":")
        buffer.writeJSON(params)
        buffer.writeStaticString("}")
        return buffer
    }

    /// A request of the server to a legacy client.
    static func request(id: RequestID, _ method: String, params: JSONObject?) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeStaticString("{\"jsonrpc\":\"2.0\",\"id\":")
        id.write(into: &buffer)
        buffer.writeStaticString(",\"method\":")
        buffer.writeJSONString(method)
        if let params {
            buffer.writeStaticString(",\"params\":")
            buffer.writeJSON(.object(params))
        }
        buffer.writeStaticString("}")
        return buffer
    }
}

extension RPCError {
    /// The error object of a response.
    var members: JSONObject {
        var object: JSONObject = ["code": JSONValue(self.code.rawValue), "message": .string(self.message)]
        object["data"] = self.data
        return object
    }
}
