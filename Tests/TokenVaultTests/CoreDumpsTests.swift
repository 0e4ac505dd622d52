import Glibc
import Testing
import TokenVault

struct CoreDumpsTests {
    @Test("leaves the process without core dumps and unreadable to others of the same user")
    func disable() async {
        await #expect(processExitsWith: .success) {
            try disableCoreDumps()
            var limit = rlimit(rlim_cur: 1, rlim_max: 1)
            try #require(getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit) == 0)
            #expect(limit.rlim_cur == 0 && limit.rlim_max == 0)
            typealias Control = @convention(c) (Int32, UInt, UInt, UInt, UInt) -> Int32
            let control = unsafeBitCast(try #require(dlsym(nil, "prctl")), to: Control.self)
            let getDumpable: Int32 = 3
            #expect(control(getDumpable, 0, 0, 0, 0) == 0)
        }
    }
}
