import Glibc
import Synchronization

/// A descriptor that takes whole lines, or drops them: whoever reads the log must not be able to stop the sidecar.
///
/// A line is written only when the descriptor is ready for it. A pipe that is ready takes up to `PIPE_BUF` bytes
/// without blocking (pipe(7)), and lines are never longer.
package final class LineSink: Sendable {
    package static let standardError = LineSink(descriptor: STDERR_FILENO)

    private let descriptor: Int32
    private let patience: Duration
    private let dropped = Mutex(0)

    /// - Parameters:
    ///   - descriptor: stays open for as long as the sink is used; the sink does not close it.
    ///   - patience: how long a line may wait for a slow reader.
    package init(descriptor: Int32, patience: Duration = .milliseconds(5)) {
        self.descriptor = descriptor
        self.patience = patience
    }

    /// Lines that nobody took.
    package var droppedLines: Int { self.dropped.withLock { $0 } }

    func write(_ line: [UInt8]) {
        self.dropped.withLock { dropped in
            // The lock also keeps another thread from filling the pipe between the question and the write.
            guard self.isReady(), self.writeAll(line) else {
                dropped += 1
                return
            }
        }
    }

    private func isReady() -> Bool {
        var entry = pollfd(fd: self.descriptor, events: Int16(POLLOUT), revents: 0)
        let milliseconds = Int32(self.patience / .milliseconds(1))
        return unsafe poll(&entry, 1, milliseconds) == 1 && entry.revents & Int16(POLLOUT) != 0
    }

    private func writeAll(_ line: [UInt8]) -> Bool {
        unsafe line.withUnsafeBytes { bytes in
            var rest = unsafe bytes[...]
            while unsafe !rest.isEmpty {
                let count = unsafe Glibc.write(
                    self.descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                unsafe rest = rest.dropFirst(count)
            }
            return true
        }
    }
}
