import JSON
import NIOCore

@testable import ModelContextProtocol

extension Params {
    /// The parameters of a message, from their JSON text.
    init(parsing text: String) throws {
        let body = ByteBuffer(string: #"{"params":\#(text)}"#)
        guard case .message(let message) = try MessageScanner.scan(body) else { throw RPCError(.parseError, text) }
        self.init(message, in: body)
    }
}

extension MessageEncoder {
    /// A result object as text.
    func text(_ body: ResultBody) -> String {
        var buffer = ByteBuffer()
        self.writeResult(body, into: &buffer)
        return String(buffer: buffer)
    }
}
