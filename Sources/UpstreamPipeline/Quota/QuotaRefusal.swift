/// Why a quota refuses, as an error for the caller.
enum QuotaRefusal {
    static func session(_ bucket: TokenBucket, retryAfter: Duration) -> PipelineError {
        self.error("this session has used its \(bucket.limit) requests per \(self.text(bucket.window))", retryAfter)
    }

    static func upstream(retryAfter: Duration) -> PipelineError {
        self.error("the upstream's request limit is used up", retryAfter)
    }

    private static func error(_ message: String, _ retryAfter: Duration) -> PipelineError {
        let wait = Duration.seconds(max(1, retryAfter.wholeSecondsUp))
        return PipelineError(
            .rateLimited, origin: .gateway, status: 429, message: "\(message); nothing was sent", retryAfter: wait,
            hint: "try again in \(self.text(wait)); answers still cached need no request")
    }

    private static func text(_ duration: Duration) -> String {
        let seconds = duration.wholeSecondsUp
        return seconds >= 120 && seconds % 60 == 0 ? "\(seconds / 60) minutes" : "\(seconds) s"
    }
}

extension Duration {
    /// Whole seconds, rounded up.
    var wholeSecondsUp: Int {
        let (seconds, attoseconds) = self.components
        return Int(seconds) + (attoseconds > 0 ? 1 : 0)
    }
}
