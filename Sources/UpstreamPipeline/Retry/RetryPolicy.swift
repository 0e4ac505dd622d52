/// Decides whether a failed exchange is tried again, and after how long a wait.
///
/// Exponential back-off with full jitter: a random wait below a bound that doubles, so that callers spread out.
struct RetryPolicy {
    enum Decision: Equatable { case giveUp, retry(after: Duration) }
    enum Failure {
        case status(Int, retryAfter: Duration?)
        case noAnswer(PipelineError)
    }

    /// Tries in all, the first included.
    var attempts: Int
    var firstBound: Duration = .milliseconds(100)
    /// No wait is longer; an upstream that asks for a longer one is not asked again.
    var highestBound: Duration = .seconds(2)

    /// - Parameters:
    ///   - attempt: number of the try that failed, from 1.
    ///   - random: from 0 up to, not including, 1.
    func next(after failure: Failure, attempt: Int, request: ResolvedRequest, random: Double) -> Decision {
        guard attempt < self.attempts, request.isShareable, request.route.isRepeatSafe else { return .giveUp }
        let bound = min(self.highestBound, self.firstBound * (1 << min(attempt - 1, 20)))
        switch failure {
        case .noAnswer(let error):
            guard error.mayPass else { return .giveUp }
            return .retry(after: bound * random)
        case .status(let status, let retryAfter):
            guard [502, 503, 504].contains(status), (retryAfter ?? .zero) <= self.highestBound else { return .giveUp }
            return .retry(after: max(retryAfter ?? .zero, bound * random))
        }
    }
}
