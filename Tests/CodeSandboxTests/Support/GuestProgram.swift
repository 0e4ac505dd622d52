import Glibc

/// Where the build put `sandbox-guest`: beside the test bundle, or where `TESTED_PROGRAMS` says that another build is.
enum GuestProgram {
    static let path: String = {
        if let folder = getenv("TESTED_PROGRAMS") { return String(cString: folder) + "/sandbox-guest" }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = buffer.withUnsafeMutableBytes {
            readlink("/proc/self/exe", $0.baseAddress!.assumingMemoryBound(to: CChar.self), $0.count)
        }
        let own = String(decoding: buffer[..<max(0, count)], as: UTF8.self)
        var folder = own.split(separator: "/").dropLast()
        // The runner may lie deeper than the products when the bundle is run by another program.
        while !folder.isEmpty {
            let candidate = "/" + folder.joined(separator: "/") + "/sandbox-guest"
            if access(candidate, X_OK) == 0 { return candidate }
            folder.removeLast()
        }
        return "sandbox-guest"
    }()
}
