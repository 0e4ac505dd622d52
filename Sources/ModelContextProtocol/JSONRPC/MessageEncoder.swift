import JSON
import NIOCore

/// Writes JSON-RPC messages straight into buffers.
enum MessageEncoder {
    /// A response with an already encoded result.
    static func response(id: RequestID, result: ByteBuffer) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(result.readableBytes + 64)
        buffer.writeString("{\"jsonrpc\":\"2.0\",\"id\":")
        buffer.writeJSON(id.value)
        buffer.writeString(",\"result\":")
        buffer.writeImmutableBuffer(result)
        buffer.writeString("}")
        return buffer
    }

    /// An error response; without `id` for what could not be read, which the SDKs write and read as null.
    static func error(id: RequestID?, _ error: RPCError) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeString("{\"jsonrpc\":\"2.0\",\"id\":")
        buffer.writeJSON(id?.value ?? .null)
        buffer.writeString(",\"error\":{\"code\":\(error.code.rawValue),\"message\":")
        buffer.writeJSONString(error.message)
        if let data = error.data {
            buffer.writeString(",\"data\":")
            buffer.writeJSON(data)
        }
        buffer.writeString("}}")
        return buffer
    }

    static func notification(_ method: String, params: JSONValue) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeString("{\"jsonrpc\":\"2.0\",\"method\":")
        buffer.writeJSONString(method)
        buffer.writeString(",\"params\":")
        buffer.writeJSON(params)
        buffer.writeString("}")
        return buffer
    }
}
