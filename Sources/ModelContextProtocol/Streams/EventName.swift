/// The text of an event id: a mark of the session, the stream, and the place in it.
///
/// The mark keeps an id of one session from meaning anything in another.
enum EventName {
    static func text(_ id: ReplayLog.EventID, mark: String) -> String { "\(mark).\(id.stream).\(id.sequence)" }

    /// nil for anything that this session did not write.
    static func parse(_ text: String, mark: String) -> ReplayLog.EventID? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == mark, let stream = Int(parts[1]), let sequence = Int(parts[2]) else {
            return nil
        }
        let id = ReplayLog.EventID(stream: stream, sequence: sequence)
        return self.text(id, mark: mark) == text ? id : nil
    }
}
