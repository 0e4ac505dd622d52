import Glibc

/// What the connections of one event loop share: the date header's text and a compressor.
///
/// Bound to that event loop.
final class LoopContext {
    let gzip = GzipCompressor()
    private var second = 0
    private var text = ""

    /// The time now, put into words once a second.
    var date: String {
        var now = timespec()
        unsafe clock_gettime(CLOCK_REALTIME_COARSE, &now)
        if now.tv_sec != self.second {
            self.second = now.tv_sec
            self.text = HTTPDate(secondsSinceEpoch: now.tv_sec).description
        }
        return self.text
    }
}
