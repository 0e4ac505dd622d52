import HTTPServer
import JSON
import NIOCore
import NIOHTTP1
import UpstreamPipeline

/// Errors in the words of the API: `error`, `message`, `statusCode`.
enum ErrorAnswer {
    /// The API's own answer where it gave one, else one made here.
    static func response(_ error: PipelineError) -> HTTPResponse {
        var response: HTTPResponse
        if let answer = error.answer {
            response = HTTPResponse(status: HTTPResponseStatus(statusCode: error.status), body: answer.body)
            for field in answer.fields.others { response.headers.add(name: field.name, value: field.value) }
            response.headers.add(name: "content-type", value: answer.fields.contentType ?? "application/json")
        } else {
            response = self.response(error.status, error.message)
        }
        if let wait = error.retryAfter {
            response.headers.replaceOrAdd(
                name: "retry-after", value: String(max(1, Int((wait / .seconds(1)).rounded(.up)))))
        }
        return response
    }

    /// - Parameter error: a word for the status; nil takes its reason phrase.
    static func response(_ status: Int, error: String? = nil, _ message: String) -> HTTPResponse {
        let status = HTTPResponseStatus(statusCode: status)
        let body: JSONValue = [
            "error": .string(error ?? status.reasonPhrase), "message": .string(message),
            "statusCode": JSONValue(Int(status.code)),
        ]
        return HTTPResponse(
            status: status, headers: ["content-type": "application/json; charset=utf-8"],
            body: ByteBuffer(bytes: body.serialized))
    }
}
