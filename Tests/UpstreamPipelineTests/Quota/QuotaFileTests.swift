import Synchronization
import TestSupport
import Testing

@testable import UpstreamPipeline

/// What outlives the process.
struct QuotaFileTests {
    private final class Clocks: Sendable {
        let boot = Mutex(Duration.seconds(1000))
        let epoch = Mutex(1_700_000_000)
        let bootID = Mutex("one")
        var all: QuotaFile.Clocks {
            QuotaFile.Clocks(
                boot: { self.boot.withLock { $0 } }, bootID: { self.bootID.withLock { $0 } },
                epoch: { self.epoch.withLock { $0 } })
        }
    }
    private let clocks = Clocks()

    private func snapshot(_ remaining: Int, in seconds: Int = 600, blocked: Int = 0) -> UpstreamWindow.Snapshot {
        UpstreamWindow.Snapshot(
            limit: 100, remaining: remaining, resetEpoch: 7, resetsIn: .seconds(seconds),
            blockedFor: .seconds(blocked))
    }

    @Test("the file never allows more than was left, and is written once for several requests")
    func ahead() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("quota.json")
        let file = QuotaFile(path: path, clocks: self.clocks.all)
        var texts: Set<String> = []
        for remaining in stride(from: 99, through: 0, by: -1) {
            #expect(file.keep(self.snapshot(remaining)))
            let text = try #require(FileText.read(path, maximumBytes: 4096))
            texts.insert(text)
            #expect(try #require(file.load()).remaining <= remaining)
        }
        #expect(texts.count <= 52)
    }

    @Test("time goes on while the process is down, whatever happens to the wall clock")
    func steps() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("quota.json")
        #expect(QuotaFile(path: path, clocks: self.clocks.all).keep(self.snapshot(10, blocked: 30)))
        self.clocks.boot.withLock { $0 += .seconds(20) }
        for step in [-86_400, 0, 86_400] {
            self.clocks.epoch.withLock { $0 = 1_700_000_000 + step }
            let loaded = try #require(QuotaFile(path: path, clocks: self.clocks.all).load())
            #expect(loaded.resetsIn == .seconds(580) && loaded.blockedFor == .seconds(10))
            #expect(loaded.remaining == 8 && loaded.resetEpoch == 7)
        }
        // After a reboot the wall clock must do, and one that was set back counts as no time at all.
        self.clocks.bootID.withLock { $0 = "two" }
        self.clocks.epoch.withLock { $0 = 1_600_000_000 }
        #expect(QuotaFile(path: path, clocks: self.clocks.all).load()?.resetsIn == .seconds(600))
        self.clocks.epoch.withLock { $0 = 1_700_000_100 }
        #expect(QuotaFile(path: path, clocks: self.clocks.all).load()?.resetsIn == .seconds(500))
        self.clocks.epoch.withLock { $0 = 1_700_000_600 }
        #expect(QuotaFile(path: path, clocks: self.clocks.all).load() == nil)
    }

    @Test("a file that is none, or cannot be written, is said once and stops nothing")
    func broken() throws {
        let folder = try TemporaryFolder()
        let file = QuotaFile(path: folder.path("missing/quota.json"), clocks: self.clocks.all)
        #expect(file.load() == nil)
        #expect(!file.keep(self.snapshot(10)))
        #expect(file.keep(self.snapshot(9)))
        for text in ["", "{}", "[]", #"{"limit":-1}"#, String(repeating: "x", count: 5000)] {
            #expect(FileText.replace(folder.path("bad"), with: Array(text.utf8)))
            #expect(QuotaFile(path: folder.path("bad"), clocks: self.clocks.all).load() == nil)
        }
    }
}
