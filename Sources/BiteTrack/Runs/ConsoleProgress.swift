import CodeSandbox
import Synchronization

/// Shows what a script prints while it runs, in few and small messages however much it is.
final class ConsoleProgress: Sendable {
    /// Time between messages.
    static let interval = Duration.milliseconds(100)

    private let excerpt = Mutex(ConsoleExcerpt())
    private let redact: @Sendable (String) -> String
    private let tell: @Sendable (String) -> Void
    private let news: AsyncStream<Void>
    private let wake: AsyncStream<Void>.Continuation

    /// - Parameters:
    ///   - redact: takes secrets out of a line.
    ///   - tell: sends one message.
    init(redact: @escaping @Sendable (String) -> String, tell: @escaping @Sendable (String) -> Void) {
        self.redact = redact
        self.tell = tell
        (self.news, self.wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func printed(_ line: ConsoleLine) {
        self.excerpt.withLock { $0.add(line, redact: self.redact) }
        self.wake.yield()
    }

    /// Does the work and, while it lasts, tells what is printed; what is not told at its end is in its outcome.
    func during<Outcome: Sendable>(_ work: @Sendable () async -> Outcome) async -> Outcome {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.pump() }
            let outcome = await work()
            group.cancelAll()
            return outcome
        }
    }

    private func pump() async {
        for await _ in self.news {
            if let text = self.excerpt.withLock({ $0.take() }) { self.tell(text) }
            // A run that ends meanwhile ends the pause.
            do { try await Task.sleep(for: Self.interval) } catch { return }
        }
    }
}
