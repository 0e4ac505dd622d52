import HTTPServer
import NIOCore
import NIOPosix

/// Opens many idle event streams against a sidecar of their own, and watches its memory.
struct IdleStreamRun {
    let usesTLS: Bool
    let streams: Int
    /// How long the streams stay open before memory is read.
    let settleSeconds: Int

    /// Streams opened and closed beforehand, so that what is loaded once is not charged to the many.
    private static let warmUp = 16
    /// Streams being opened at the same time.
    private static let lanes = 32
    /// Descriptors and sessions beyond the streams.
    private static let spare = 1024
    /// How long the memory may take to return.
    private static let returnTime = Duration.seconds(20)

    struct Failed: Error, CustomStringConvertible { let description: String }

    func measure() async throws -> IdleStreamMeasurement {
        let limit = OpenFileLimit.raise(to: self.streams + Self.spare)
        guard limit >= self.streams + Self.spare else {
            throw Failed(description: "\(self.streams) streams need more open files than \(limit) (ulimit -Hn)")
        }
        let room = self.streams + Self.spare
        let sidecar = try SidecarProcess(
            usesTLS: self.usesTLS,
            configuration: "[server]\nconnections = \(room)\n[sessions]\nmaximum = \(room)\n")
        defer { sidecar.stop() }
        let target = try LoadTarget(url: sidecar.url, certificate: sidecar.certificate)
        for stream in try await self.open(Self.warmUp, target) { await stream.close() }
        try await Task.sleep(for: .seconds(1))
        let before = try self.resident(sidecar)
        let open = try await self.open(self.streams, target)
        try await Task.sleep(for: .seconds(1))
        let opened = try self.resident(sidecar)
        try await Task.sleep(for: .seconds(self.settleSeconds))
        let settled = try self.resident(sidecar)
        let alive = open.count { $0.isOpen }
        let commented = open.count { $0.comments > 0 }
        for stream in open { await stream.close() }
        let closed = try await self.residentWhenReturned(sidecar, before: before)
        return IdleStreamMeasurement(
            usesTLS: self.usesTLS, streams: self.streams, aliveStreams: alive, commentedStreams: commented,
            beforeKilobytes: before, openKilobytes: opened, settledKilobytes: settled, closedKilobytes: closed)
    }

    private func open(_ count: Int, _ target: LoadTarget) async throws -> [IdleStream] {
        try await withThrowingTaskGroup(of: [IdleStream].self) { group in
            let lanes = min(count, Self.lanes)
            for lane in 0..<lanes {
                let share = count / lanes + (lane < count % lanes ? 1 : 0)
                group.addTask {
                    let loop = MultiThreadedEventLoopGroup.singleton.next()
                    var streams: [IdleStream] = []
                    for _ in 0..<share { streams.append(try await IdleStream.open(target, on: loop)) }
                    return streams
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    private func resident(_ sidecar: SidecarProcess) throws -> Int {
        guard let kilobytes = sidecar.residentKilobytes else { throw Failed(description: "the sidecar has ended") }
        return kilobytes
    }

    /// Waits until the memory has gone back, or not any longer; returns where it is then.
    private func residentWhenReturned(_ sidecar: SidecarProcess, before: Int) async throws -> Int {
        let deadline = ContinuousClock.now + Self.returnTime
        while true {
            try await Task.sleep(for: .milliseconds(500))
            let now = try self.resident(sidecar)
            if now <= before + IdleStreamMeasurement.returnToleranceKilobytes || ContinuousClock.now > deadline {
                return now
            }
        }
    }
}
