import CCurl
import Testing

@testable import UpstreamPipeline

struct CurlResultTests {
    private func error(
        _ code: CURLcode, hasBegun: Bool = false, wasSent: Bool = false, _ refusal: ResponseCollector.Refusal? = nil
    ) -> PipelineError? {
        pipelineError(
            code, TransferProgress(hasAnswerBegun: hasBegun, wasRequestSent: wasSent, refusal: refusal))
    }

    @Test("success is no error, unless the answer was refused")
    func success() {
        #expect(self.error(CURLE_OK) == nil)
        #expect(self.error(CURLE_OK, .bodyTooLarge)?.code == .responseTooLarge)
        #expect(self.error(CURLE_WRITE_ERROR, .headersTooLarge)?.hint == nil)
    }

    @Test("whatever is wrong with TLS, it is not tried again")
    func tls() {
        for code in [
            CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CIPHER,
        ] {
            let error = self.error(code)
            #expect(error?.code == .unreachable && error?.mayPass == false && error?.mayHaveArrived == false)
        }
    }

    @Test("a broken connection counts by whether an answer had begun")
    func broken() {
        for code in [CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING] {
            let before = self.error(code, wasSent: true)
            #expect(before?.code == .unreachable && before?.mayPass == true && before?.mayHaveArrived == true)
            let inside = self.error(code, hasBegun: true, wasSent: true)
            #expect(inside?.code == .badResponse && inside?.mayPass == false)
        }
    }

    @Test("HTTP/2 faults are bad answers, and codes nobody expects name themselves")
    func others() {
        for code in [CURLE_HTTP2, CURLE_HTTP2_STREAM, CURLE_WEIRD_SERVER_REPLY] {
            #expect(self.error(code)?.message == "the upstream did not answer in HTTP")
        }
        let unexpected = self.error(CURLE_FTP_ACCEPT_FAILED)
        #expect(unexpected?.code == .badResponse && unexpected?.message.contains("libcurl 10") == true)
    }
}
