import COpenSSL
import Glibc

/// A 256-bit key on a memory page of its own, which is neither swapped, dumped nor inherited, and wiped at the end.
///
/// Its bytes are lent, never copied out.
@safe
struct KeyBytes: ~Copyable, @unchecked Sendable {  // Written in `init` only, so that readers need no lock.
    static let count = 32

    /// False where the process may not lock memory (`RLIMIT_MEMLOCK`): the key works, but could reach a swap device.
    let isLocked: Bool
    private let page: UnsafeMutableRawPointer
    private let pageBytes: Int

    /// Draws a fresh key.
    ///
    /// - Throws: ``VaultError`` when the system gives no memory or no randomness.
    init() throws(VaultError) {
        let count = sysconf(Int32(_SC_PAGESIZE))
        let mapped = unsafe mmap(nil, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        // MAP_FAILED is a cast, which Swift does not import.
        guard let mapped = unsafe mapped, unsafe mapped != UnsafeMutableRawPointer(bitPattern: -1) else {
            throw VaultError("no memory for a key")
        }
        let isLocked = unsafe mlock(mapped, count) == 0
        // Advice only: a kernel without it still keeps the key where no core dump is written.
        _ = unsafe madvise(mapped, count, MADV_DONTDUMP)
        _ = unsafe madvise(mapped, count, MADV_DONTFORK)
        guard unsafe RAND_priv_bytes(mapped.assumingMemoryBound(to: UInt8.self), Int32(KeyBytes.count)) == 1 else {
            unsafe munmap(mapped, count)
            throw VaultError("no randomness for a key")
        }
        (self.isLocked, self.pageBytes) = (isLocked, count)
        unsafe self.page = mapped
    }

    deinit {
        unsafe OPENSSL_cleanse(self.page, KeyBytes.count)
        unsafe munmap(self.page, self.pageBytes)
    }

    /// Lends the bytes for the length of the call.
    borrowing func withBytes<Result>(_ body: (UnsafePointer<UInt8>) -> Result) -> Result {
        unsafe body(UnsafePointer(self.page.assumingMemoryBound(to: UInt8.self)))
    }
}
