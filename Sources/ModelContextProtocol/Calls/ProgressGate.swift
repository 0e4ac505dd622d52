/// Decides which progress reports of a call are sent: rising ones, and only so many.
///
/// Progress must rise with each notification; the bound keeps a tool that reports in a tight loop from filling the
/// stream's backlog, which would close it.
struct ProgressGate {
    let maximumCount: Int
    private var last = -Double.infinity
    private var count = 0

    init(maximumCount: Int = 1000) { self.maximumCount = maximumCount }

    mutating func admit(_ progress: Double) -> Bool {
        guard progress.isFinite, progress > self.last, self.count < self.maximumCount else { return false }
        self.last = progress
        self.count += 1
        return true
    }
}
