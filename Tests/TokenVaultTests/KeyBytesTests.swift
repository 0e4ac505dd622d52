import Glibc
import Testing

@testable import TokenVault

struct KeyBytesTests {
    @Test("keys differ")
    func random() throws {
        let keys = try (0..<100).map { _ in try KeyBytes().copy() }
        #expect(Set(keys).count == 100)
    }

    @Test("the page is left out of core dumps and children")
    func advice() throws {
        let key = try KeyBytes()
        let address = key.withBytes { UInt(bitPattern: $0) }
        let maps = try readSmallFile("/proc/self/smaps")
        let start = try #require(maps.range(ofMapping: address))
        let flags = try #require(maps[start...].split(separator: "\n").first { $0.hasPrefix("VmFlags:") })
        #expect(flags.contains(" dd"))
        #expect(flags.contains(" dc"))
    }

    @Test("works, and says so, where no memory may be locked")
    func withoutLocking() async {
        await #expect(processExitsWith: .success) {
            var limit = rlimit(rlim_cur: 0, rlim_max: 0)
            try #require(setrlimit(__rlimit_resource_t(__RLIMIT_MEMLOCK.rawValue), &limit) == 0)
            // Root may lock whatever the limit, until it is somebody else.
            if geteuid() == 0 { try #require(setuid(65534) == 0) }
            let key = try SealingKey()
            #expect(!key.isLocked)
            let box = try key.seal(Secret("text"), context: "c")
            #expect(try key.open(box, context: "c").reveal { $0 } == "text")
        }
    }
}

extension KeyBytes {
    fileprivate borrowing func copy() -> [UInt8] {
        self.withBytes { Array(UnsafeBufferPointer(start: $0, count: KeyBytes.count)) }
    }
}

extension String {
    /// Where the description of the mapping with `address` begins in a text like `/proc/self/smaps`.
    fileprivate func range(ofMapping address: UInt) -> String.Index? {
        for line in self.split(separator: "\n") {
            let bounds = line.prefix { $0 != " " }.split(separator: "-")
            guard bounds.count == 2, let low = UInt(bounds[0], radix: 16), let high = UInt(bounds[1], radix: 16)
            else { continue }
            if (low..<high).contains(address) { return line.startIndex }
        }
        return nil
    }
}

/// A file of `/proc`, whose size is not known before it is read.
func readSmallFile(_ path: String) throws -> String {
    let file = try #require(fopen(path, "r"))
    defer { fclose(file) }
    var (bytes, chunk) = ([UInt8](), [UInt8](repeating: 0, count: 65536))
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
    return String(decoding: bytes, as: UTF8.self)
}
