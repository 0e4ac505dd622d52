package import Logging

/// Writes each record as one line to a ``LineSink``.
package struct LineLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let format: LineFormat
    private let sink: LineSink
    private let now: @Sendable () -> String

    /// - Parameter now: the time of a record, as RFC 3339 text.
    package init(
        label: String = "sidecar", level: Logger.Level = .info, format: LineFormat = .json,
        sink: LineSink = .standardError,
        now: @escaping @Sendable () -> String = WallClock.text
    ) {
        self.label = label
        self.logLevel = level
        self.format = format
        self.sink = sink
        self.now = now
    }

    package subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { self.metadata[key] }
        set { self.metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var merged = self.metadata
        if let provided = self.metadataProvider?.get() { merged.merge(provided) { _, new in new } }
        if let given = event.metadata { merged.merge(given) { _, new in new } }
        if let error = event.error, merged[LogKey.error] == nil { merged[LogKey.error] = "\(error)" }
        let line = self.format.line(
            time: self.now(), level: event.level, label: self.label, message: event.message.description,
            metadata: merged)
        self.sink.write(line)
    }
}
