import Glibc

/// Keeps this process's memory out of core dumps and away from debuggers of the same user.
///
/// Call it before the first secret exists. Programs started later are not affected: exec(2) makes them dumpable again.
///
/// - Throws: ``VaultError`` that says which of the two system calls refused.
package func disableCoreDumps() throws(VaultError) {
    var limit = rlimit(rlim_cur: 0, rlim_max: 0)
    guard unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit) == 0 else {
        throw VaultError("the core size limit cannot be set")
    }
    // prctl(2) is variadic, which Swift does not import; its integers travel as those of a plain function do.
    let setDumpable: Int32 = 4
    typealias Control = @convention(c) (Int32, UInt, UInt, UInt, UInt) -> Int32
    guard let symbol = unsafe dlsym(nil, "prctl") else { throw VaultError("prctl is not to be found") }
    let control = unsafe unsafeBitCast(symbol, to: Control.self)
    guard control(setDumpable, 0, 0, 0, 0) == 0 else { throw VaultError("the process cannot be made undumpable") }
}
