import Foundation

/// Descriptors and descendants of a process, from /proc.
package struct ProcessFacts: Sendable {
    package let descriptors: Int
    package let descendants: Set<Int32>

    package init(_ process: Int32) {
        self.descriptors = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd").count) ?? 0
        self.descendants = ProcessFacts.descendants(of: process)
    }

    private static func descendants(of process: Int32) -> Set<Int32> {
        let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")) ?? []
        var found: Set<Int32> = []
        for task in tasks {
            let path = "/proc/\(process)/task/\(task)/children"
            let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
            for child in text.split(separator: " ").compactMap({ Int32($0) }) {
                found.insert(child)
                found.formUnion(ProcessFacts.descendants(of: child))
            }
        }
        return found
    }

    /// Waits for a descendant that uses the processor: the guest with the endless loop.
    package static func awaitBusyDescendant(of process: Int32) async throws -> Int32 {
        let deadline = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < deadline {
            for candidate in ProcessFacts.descendants(of: process) where ProcessFacts.userTicks(of: candidate) > 10 {
                return candidate
            }
            await Pause.short()
        }
        throw RunningProgram.NotReady(description: "no busy guest appeared")
    }

    /// Time in user mode, in hundredths of a second; proc(5), field 14 of stat.
    private static func userTicks(of process: Int32) -> Int {
        let text = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
        let fields = text.drop { $0 != ")" }.split(separator: " ")
        return fields.count > 12 ? Int(fields[12]) ?? 0 : 0
    }
}
