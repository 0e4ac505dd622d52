import Glibc

/// The C library's allocator.
enum Allocator {
    private typealias Trim = @convention(c) (Int) -> CInt

    /// Gives unused pages back to the operating system (malloc_trim(3)); does nothing where the C library cannot.
    ///
    /// Takes some milliseconds for each hundred megabytes.
    static func trim() { _ = self.function?(0) }

    /// Looked up by name: the function is glibc's own, and its header is not in Swift's module of the C library.
    private static let function: Trim? = unsafe dlsym(nil, "malloc_trim").map {
        unsafe unsafeBitCast($0, to: Trim.self)
    }
}
