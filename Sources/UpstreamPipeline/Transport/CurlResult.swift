import CCurl

/// What is known of a transfer besides its result code.
struct TransferProgress {
    var hasAnswerBegun: Bool
    var wasRequestSent: Bool
    var refusal: ResponseCollector.Refusal?
}

/// Translates how a transfer ended; nil means that it succeeded.
///
/// Codes by libcurl-errors(3): those not named cannot come from an HTTP transfer, or mean that libcurl is at its end.
func pipelineError(_ code: CURLcode, _ progress: TransferProgress) -> PipelineError? {
    switch progress.refusal {
    case .headersTooLarge: return tooLarge("the header of the upstream's answer is too large")
    case .bodyTooLarge: return bodyTooLarge
    case .malformed: return failed(.badResponse, notHTTP, progress)
    case nil: break
    }
    switch code {
    case CURLE_OK: return nil
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
        return failed(.unreachable, "the upstream's host name cannot be resolved", progress)
    case CURLE_COULDNT_CONNECT, CURLE_INTERFACE_FAILED:
        return failed(.unreachable, "the upstream does not accept connections", progress)
    case CURLE_SEND_ERROR where !progress.hasAnswerBegun, CURLE_RECV_ERROR where !progress.hasAnswerBegun,
        CURLE_GOT_NOTHING where !progress.hasAnswerBegun:
        return failed(.unreachable, "the upstream closed the connection before it answered", progress)
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
        CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CRL_BADFILE, CURLE_SSL_PINNEDPUBKEYNOTMATCH,
        CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CLIENTCERT, CURLE_USE_SSL_FAILED, CURLE_SSL_ENGINE_NOTFOUND,
        CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_ENGINE_INITFAILED:
        var error = failed(.unreachable, "no trusted TLS connection to the upstream could be made", progress)
        error.mayPass = false
        return error
    case CURLE_OPERATION_TIMEDOUT:
        let message =
            progress.hasAnswerBegun
            ? "the upstream's answer did not end in time" : "the upstream did not answer in time"
        return failed(.timedOut, message, progress)
    case CURLE_FILESIZE_EXCEEDED: return bodyTooLarge
    case CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_GOT_NOTHING:
        return failed(.badResponse, "the upstream's answer ended in the middle", progress)
    case CURLE_BAD_CONTENT_ENCODING:
        return failed(.badResponse, "the upstream's answer is compressed and cannot be decompressed", progress)
    case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_HTTP2, CURLE_HTTP2_STREAM, CURLE_HTTP3,
        CURLE_CHUNK_FAILED, CURLE_HTTP_RETURNED_ERROR, CURLE_TOO_MANY_REDIRECTS, CURLE_RANGE_ERROR:
        return failed(.badResponse, notHTTP, progress)
    default:
        return failed(.badResponse, "the exchange with the upstream failed (libcurl \(code.rawValue))", progress)
    }
}

private func failed(_ code: PipelineError.Code, _ message: String, _ progress: TransferProgress) -> PipelineError {
    let status = code == .timedOut ? 504 : 502
    var error = PipelineError(code, origin: .upstream, status: status, message: message)
    error.mayPass = error.mayPass && !progress.hasAnswerBegun
    error.mayHaveArrived = progress.wasRequestSent
    return error
}

private let notHTTP = "the upstream did not answer in HTTP"

private var bodyTooLarge: PipelineError {
    tooLarge("the upstream's answer is too large", hint: "ask for less: a smaller page or a shorter time")
}

private func tooLarge(_ message: String, hint: String? = nil) -> PipelineError {
    PipelineError(.responseTooLarge, origin: .upstream, status: 502, message: message, hint: hint)
}

/// Translates how a streamed transfer failed.
///
/// Without a time-out for the whole, only connecting can run out of libcurl's time.
///
/// - Parameter wasSent: whether any of the request has gone out.
func streamFailure(_ code: CURLcode, _ collector: HeadCollector, wasSent: Bool = false) -> StreamFailure {
    switch collector.refusal {
    case .tooLarge: return .headTooLarge
    case .malformed: return .notHTTP
    case nil: break
    }
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: return .nameNotResolved
    case CURLE_COULDNT_CONNECT, CURLE_INTERFACE_FAILED: return .refused
    case CURLE_OPERATION_TIMEDOUT: return .connectTimedOut
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
        CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CRL_BADFILE, CURLE_SSL_PINNEDPUBKEYNOTMATCH,
        CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CLIENTCERT, CURLE_USE_SSL_FAILED, CURLE_SSL_ENGINE_NOTFOUND,
        CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_ENGINE_INITFAILED:
        return .untrusted
    // A line of a head beyond libcurl's own limit counts as more than memory has room for.
    case CURLE_OUT_OF_MEMORY:
        return wasSent ? (collector.isComplete ? .incomplete : .headTooLarge) : .noMemory
    case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_HTTP2, CURLE_HTTP2_STREAM:
        return collector.hasBegun ? .incomplete : .closedBeforeAnswer
    default: return collector.isComplete ? .incomplete : .notHTTP
    }
}
