/// How many more requests may go upstream.
package struct Budget: Sendable, Equatable {
    package var limit: Int
    package var remaining: Int
    /// Until the window starts anew, or the bucket is full again.
    package var resetsIn: Duration

    package init(limit: Int, remaining: Int, resetsIn: Duration) {
        self.limit = limit
        self.remaining = remaining
        self.resetsIn = resetsIn
    }
}
