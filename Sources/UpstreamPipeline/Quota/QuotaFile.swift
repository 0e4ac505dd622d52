import Glibc
import JSON
import Synchronization

/// Keeps what is known of the upstream's window in a small file, so that a restart does not spend it twice.
///
/// The file is replaced as a whole. It outlives the process but is not forced to the disk: after a loss of power it may
/// be some requests old, and the first answer puts that right.
final class QuotaFile: Sendable {
    private struct State {
        /// What the file says is left, and of which window: spending below that needs a new file first.
        var saved: (resetEpoch: Int, remaining: Int)?
        var hasFailed = false
    }
    private let path: String
    private let clocks: Clocks
    private let state = Mutex(State())

    /// Time by the machine's uptime, which no step of the wall clock changes, and by the wall clock.
    struct Clocks: Sendable {
        var boot: @Sendable () -> Duration
        /// Names the uptime: another one after a reboot.
        var bootID: @Sendable () -> String
        /// Seconds since 1970.
        var epoch: @Sendable () -> Int

        static let system = Clocks(
            boot: {
                var time = timespec()
                unsafe clock_gettime(CLOCK_BOOTTIME, &time)
                return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
            },
            bootID: { FileText.read("/proc/sys/kernel/random/boot_id", maximumBytes: 64) ?? "" },
            epoch: { time(nil) })
    }

    init(path: String, clocks: Clocks = .system) {
        self.path = path
        self.clocks = clocks
    }

    /// What a process before this one left; nil when there is nothing, or its window is over.
    func load() -> UpstreamWindow.Snapshot? {
        guard let text = FileText.read(self.path, maximumBytes: 4096), let value = try? JSONValue(parsing: text),
            let limit = value["limit"]?.intValue, let remaining = value["remaining"]?.intValue,
            let resetEpoch = value["resetEpoch"]?.intValue, let saved = value["savedMilliseconds"]?.intValue,
            let left = value["resetsInMilliseconds"]?.intValue, let epoch = value["savedEpoch"]?.intValue,
            let blocked = value["blockedForMilliseconds"]?.intValue, limit > 0, remaining >= 0,
            (0...366 * 86_400_000).contains(left)
        else { return nil }
        let isSameBoot = value["boot"]?.stringValue == self.clocks.bootID()
        // Without the uptime the wall clock must do; one that was set back says nothing of the time that has passed.
        let passed =
            isSameBoot
            ? self.clocks.boot() - .milliseconds(saved) : .seconds(max(0, self.clocks.epoch() - epoch))
        let resetsIn = min(.milliseconds(left), .milliseconds(left) - passed)
        guard resetsIn > .zero else { return nil }
        return UpstreamWindow.Snapshot(
            limit: limit, remaining: remaining, resetEpoch: resetEpoch, resetsIn: resetsIn,
            blockedFor: max(.zero, .milliseconds(blocked) - passed))
    }

    /// Makes sure that the file allows no more than `snapshot` does.
    ///
    /// Writes some requests ahead, so that a busy window is not written for each of them.
    /// - Returns: false the first time that the file cannot be written.
    func keep(_ snapshot: UpstreamWindow.Snapshot) -> Bool {
        self.state.withLock { state in
            if let saved = state.saved, saved.resetEpoch == snapshot.resetEpoch, saved.remaining <= snapshot.remaining,
                snapshot.blockedFor == .zero
            {
                return true
            }
            // A later window's file must not give way to an earlier one's.
            if let saved = state.saved, saved.resetEpoch > snapshot.resetEpoch, snapshot.resetEpoch != 0 { return true }
            let remaining = max(0, snapshot.remaining - max(1, snapshot.limit / 50))
            let object: JSONValue = [
                "limit": JSONValue(snapshot.limit), "remaining": JSONValue(remaining),
                "resetEpoch": JSONValue(snapshot.resetEpoch),
                "resetsInMilliseconds": JSONValue(Int(snapshot.resetsIn / .milliseconds(1))),
                "blockedForMilliseconds": JSONValue(Int(snapshot.blockedFor / .milliseconds(1))),
                "savedMilliseconds": JSONValue(Int(self.clocks.boot() / .milliseconds(1))),
                "savedEpoch": JSONValue(self.clocks.epoch()), "boot": JSONValue(self.clocks.bootID()),
            ]
            guard FileText.replace(self.path, with: object.serialized) else {
                defer { state.hasFailed = true }
                return state.hasFailed
            }
            (state.saved, state.hasFailed) = ((snapshot.resetEpoch, remaining), false)
            return true
        }
    }
}

/// Small files, read and replaced as a whole.
enum FileText {
    static func read(_ path: String, maximumBytes: Int) -> String? {
        guard let file = unsafe fopen(path, "re") else { return nil }
        defer { unsafe fclose(file) }
        var bytes = [UInt8](repeating: 0, count: maximumBytes + 1)
        let count = unsafe fread(&bytes, 1, bytes.count, file)
        guard count <= maximumBytes else { return nil }
        return String(decoding: bytes[..<count], as: UTF8.self)
    }

    /// - Returns: false when it cannot be done; the old file stays then.
    static func replace(_ path: String, with bytes: [UInt8]) -> Bool {
        let draft = path + ".new"
        let file = unsafe open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { return false }
        let written = unsafe write(file, bytes, bytes.count)
        guard close(file) == 0, written == bytes.count, unsafe rename(draft, path) == 0 else {
            unsafe unlink(draft)
            return false
        }
        return true
    }
}
