import Foundation

/// What the kernel tells of one process.
struct ProcessFacts {
    let id: Int32

    init(_ id: Int32) { self.id = id }

    /// Resident memory, nil when the process is gone.
    var residentKilobytes: Int? { self.kilobytes(["VmRSS:"], in: "status") }

    /// Memory that is this process's own; nil when it is gone or may not be looked at.
    var privateKilobytes: Int? { self.kilobytes(["Private_Clean:", "Private_Dirty:"], in: "smaps_rollup") }

    var openFiles: Int? {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(self.id)/fd"))?.count
    }

    /// How many nested namespaces of processes it is seen from; nil when it is gone.
    var processNamespaces: Int? {
        // proc_pid_status(5): its number in each of them, outermost first.
        let status = try? String(contentsOfFile: "/proc/\(self.id)/status", encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("NSpid:") }
        return line.map { $0.split(whereSeparator: \.isWhitespace).count - 1 }
    }

    /// A child by its number, the name of its program and its state (`Z` is one that ended and was not waited for).
    struct Child {
        let facts: ProcessFacts
        let name: String
        let state: Substring
    }

    var children: [Child] {
        let ids = ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int32($0) }
        return ids.compactMap { id in
            // proc_pid_stat(5): the name stands in parentheses and may hold any of them; state and parent follow.
            guard let stat = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8),
                let open = stat.firstIndex(of: "("), let close = stat.lastIndex(of: ")")
            else { return nil }
            let fields = stat[close...].dropFirst().split(separator: " ")
            guard fields.count > 1, Int32(fields[1]) == self.id else { return nil }
            return Child(
                facts: ProcessFacts(id), name: String(stat[open..<close].dropFirst()), state: fields[0])
        }
    }

    /// The sum of these lines of a file that counts in kilobytes; nil when one is missing.
    private func kilobytes(_ names: [String], in file: String) -> Int? {
        guard let text = try? String(contentsOfFile: "/proc/\(self.id)/\(file)", encoding: .utf8) else { return nil }
        let lines = text.split(separator: "\n")
        let numbers = names.compactMap { name in
            lines.first { $0.hasPrefix(name) }.flatMap { Int($0.filter(\.isNumber)) }
        }
        return numbers.count == names.count ? numbers.reduce(0, +) : nil
    }
}
