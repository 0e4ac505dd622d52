import TokenVault

@testable import UpstreamPipeline

/// Answers with the token and the target it was asked with.
struct EchoTransport: Transport {
    func exchange(_ request: TransportRequest) async throws(PipelineError) -> TransportResponse {
        let token = request.token?.reveal { $0 } ?? "nobody"
        return Samples.response(200, "\"\(token) \(request.target)\"")
    }
}
