import Glibc

/// Looks at the system from outside the code under test.
enum Shell {
    struct Failed: Error { let what: String }

    /// The output of a program.
    static func run(_ path: String, _ arguments: String...) throws -> String {
        let command = ([path] + arguments).map { "'\($0)'" }.joined(separator: " ")
        guard let pipe = popen(command, "re") else { throw Failed(what: "popen") }
        defer { pclose(pipe) }
        return Self.read(pipe)
    }

    static func file(_ path: String) throws -> String {
        guard let file = fopen(path, "re") else { throw Failed(what: "open \(path)") }
        defer { fclose(file) }
        return Self.read(file)
    }

    /// Whether a process exists and is more than a zombie that its parent has not looked at.
    static func isRunning(_ pid: Int32) throws -> Bool {
        guard access("/proc/\(pid)", F_OK) == 0, let status = try? Self.file("/proc/\(pid)/status") else {
            return false
        }
        return !status.contains("State:\tZ")
    }

    static func names(in path: String) throws -> [String] {
        guard let directory = opendir(path) else { throw Failed(what: "open \(path)") }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// What a symbolic link names; empty when there is none.
    static func target(of path: String) -> String {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink(path, &buffer, buffer.count)
        return String(decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func read(_ file: UnsafeMutablePointer<FILE>) -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += buffer[..<count]
        }
    }
}
