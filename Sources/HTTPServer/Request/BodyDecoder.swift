import Compression
import NIOCore
import NIOHTTP1

/// Undoes the content coding of a request's body.
struct BodyDecoder {
    /// Of the decoded body.
    let limitBytes: Int

    /// Decodes what the headers say is gzip, and takes the coding out of the headers.
    func decode(_ request: inout AssembledRequest) throws(HTTPRefusal) {
        let codings = request.head.headers[canonicalForm: "content-encoding"].map { $0.lowercased() }
            .filter { $0 != "identity" && !$0.isEmpty }
        guard let coding = codings.first else { return }
        guard codings.count == 1, coding == "gzip" || coding == "x-gzip" else { throw .unknownCoding }
        // Nothing at all is no gzip, but nothing is missing either.
        if request.body.readableBytes > 0 {
            do throws(GzipError) {
                request.body = try Gzip.decompress(request.body, limitBytes: self.limitBytes)
            } catch {
                throw .undecodable(error)
            }
        }
        request.head.headers.remove(name: "content-encoding")
        request.head.headers.replaceOrAdd(name: "content-length", value: String(request.body.readableBytes))
    }
}
