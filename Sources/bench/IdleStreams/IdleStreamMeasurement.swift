import JSON

/// What idle event streams cost.
struct IdleStreamMeasurement {
    let usesTLS: Bool
    let streams: Int
    /// Still open when the memory was read.
    let aliveStreams: Int
    /// Got a keep-alive comment in the meantime.
    let commentedStreams: Int
    /// Resident memory of the sidecar: before, right after opening, after a while, and after closing all.
    let beforeKilobytes: Int
    let openKilobytes: Int
    let settledKilobytes: Int
    let closedKilobytes: Int

    /// Memory that may stay once all streams are closed, whatever their number.
    static let returnToleranceKilobytes = 8 * 1024

    /// Session, connection and all, at the worse of the two moments.
    var kilobytesPerStream: Double {
        Double(max(self.openKilobytes, self.settledKilobytes) - self.beforeKilobytes) / Double(max(1, self.streams))
    }

    var hasReturned: Bool { self.closedKilobytes <= self.beforeKilobytes + Self.returnToleranceKilobytes }

    /// What is wrong, if anything.
    func problems(limitKilobytes: Double, expectsComments: Bool) -> [String] {
        var problems: [String] = []
        if self.kilobytesPerStream > limitKilobytes { problems.append("more than \(limitKilobytes) kB for a stream") }
        if self.aliveStreams < self.streams { problems.append("\(self.streams - self.aliveStreams) streams were cut") }
        if expectsComments, self.commentedStreams < self.streams {
            problems.append("\(self.streams - self.commentedStreams) streams got no keep-alive comment")
        }
        if !self.hasReturned { problems.append("the memory has not returned") }
        return problems
    }

    private var name: String { self.usesTLS ? "TLS" : "plain" }

    var text: String {
        """
        \(self.streams) idle event streams, \(self.name): \(Measurement.fixed(self.kilobytesPerStream, 2)) kB each
          resident kB: \(self.beforeKilobytes) before, \(self.openKilobytes) open, \(self.settledKilobytes) after a \
        while, \(self.closedKilobytes) closed
        """
    }

    var json: JSONValue {
        [
            "transport": .string(self.name), "streams": JSONValue(self.streams),
            "aliveStreams": JSONValue(self.aliveStreams), "commentedStreams": JSONValue(self.commentedStreams),
            "kilobytesPerStream": JSONValue(self.kilobytesPerStream),
            "beforeKilobytes": JSONValue(self.beforeKilobytes), "openKilobytes": JSONValue(self.openKilobytes),
            "settledKilobytes": JSONValue(self.settledKilobytes), "closedKilobytes": JSONValue(self.closedKilobytes),
        ]
    }
}
