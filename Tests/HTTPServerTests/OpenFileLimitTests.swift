import Glibc
import Testing

@testable import HTTPServer

struct OpenFileLimitTests {
    @Test(
        "raises the soft limit up to the hard one, and never lowers it",
        arguments: [
            (1024, 4096, 2000, 2000), (1024, 4096, 9000, 4096), (1024, 4096, 500, 1024), (4096, 4096, 9000, 4096),
        ])
    func next(soft: Int, hard: Int, wanted: Int, expected: Int) {
        #expect(OpenFileLimit.next(soft: soft, hard: hard, wanted: wanted) == expected)
    }

    @Test("is the limit of this process")
    func raise() throws {
        var before = rlimit()
        try #require(getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &before) == 0)
        let soft = Int(clamping: before.rlim_cur)
        let wanted = min(soft + 1, Int(clamping: before.rlim_max))
        #expect(OpenFileLimit.raise(to: wanted) == wanted)
        #expect(OpenFileLimit.raise(to: 1) == wanted)
        var after = rlimit()
        try #require(getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &after) == 0)
        #expect(Int(clamping: after.rlim_cur) == wanted)
    }
}
