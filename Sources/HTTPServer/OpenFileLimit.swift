import Glibc

/// How many files and sockets this process may have open at the same time (getrlimit(2), `RLIMIT_NOFILE`).
package enum OpenFileLimit {
    /// Descriptors a server needs beside its connections: libraries, pipes, the upstream's sockets, log files.
    static let reserve = 512

    /// Raises the soft limit towards `wanted`, as far as the hard limit lets it; never lowers it.
    ///
    /// - Returns: what the limit is now.
    @discardableResult
    package static func raise(to wanted: Int) -> Int {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 0 }
        let soft = Int(clamping: limit.rlim_cur)
        let next = self.next(soft: soft, hard: Int(clamping: limit.rlim_max), wanted: wanted)
        guard next > soft else { return soft }
        limit.rlim_cur = rlim_t(next)
        return unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 ? next : soft
    }

    /// The soft limit to set.
    static func next(soft: Int, hard: Int, wanted: Int) -> Int { max(soft, min(wanted, hard)) }
}
