import Glibc
import JSON
import Synchronization
import TestSupport

/// Programs that all tests of this bundle share; they end when it does.
enum SharedPrograms {
    static let everything = Task {
        let server = try await Server.separateEverything()
        SharedPrograms.endAtExit(server.program)
        return server
    }

    static let product = Task {
        let demo = try await Demo.start(["--plain-http"])
        SharedPrograms.endAtExit(demo.sidecar)
        return try Server(program: demo.sidecar, url: demo.url)
    }

    /// Streams that stay open from the first test on, so that no test has to wait long for what happens on idle ones.
    ///
    /// The value tells for each whether a comment has come in time: the documents ask for one each 15 to 30 seconds.
    static let idleStreams = Task {
        // One of its own: nothing that other tests cause is said on these streams.
        let server = try await Server.separateEverything()
        SharedPrograms.endAtExit(server.program)
        let session = try await Client.open(.session, server)
        let requests = [
            Request.stream("/sse"), session.streamRequest,
            ModernRequest("subscriptions/listen", ["notifications": [:]]).request,
        ]
        return try await withThrowingTaskGroup(of: (Int, Bool).self) { group in
            for (index, request) in requests.enumerated() {
                group.addTask {
                    let stream = try await server.open(request)
                    guard stream.isEventStream else { return (index, false) }
                    return (index, try await stream.nextComment(within: .seconds(31)) != nil)
                }
            }
            var seen = requests.map { _ in false }
            for try await (index, hasComment) in group { seen[index] = hasComment }
            return seen
        }
    }

    private static let running = Mutex<[RunningProgram]>([])

    private static func endAtExit(_ program: RunningProgram) {
        let isFirst = self.running.withLock { running in
            running.append(program)
            return running.count == 1
        }
        guard isFirst else { return }
        atexit {
            let programs = SharedPrograms.running.withLock { $0 }
            for program in programs { program.abandon() }
            // They end within two seconds; whoever goes first leaves zombies behind.
            for _ in 0..<400 where programs.contains(where: { $0.process.isRunning }) { usleep(5000) }
        }
    }
}
