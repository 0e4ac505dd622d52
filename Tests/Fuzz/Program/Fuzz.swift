import CFuzzer
import FuzzChannel
import FuzzGuest
import FuzzHTTP
import FuzzMCP
import FuzzSupport
import Glibc

/// What the inputs are for, by the environment variable `FUZZ_TARGET`.
private let target = unsafe getenv("FUZZ_TARGET").map { unsafe String(cString: $0) }

/// Plays one input.
@c(LLVMFuzzerTestOneInput)
package func fuzz(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let input = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
    do {
        switch target {
        case "fuzz-http": try FuzzHTTP.fuzz(input)
        case "fuzz-mcp": try FuzzMCP.fuzz(input)
        case "fuzz-channel": try FuzzChannel.fuzz(input)
        case "fuzz-guest": try FuzzGuest.fuzz(input)
        default: finding("FUZZ_TARGET must be fuzz-http, fuzz-mcp, fuzz-channel or fuzz-guest")
        }
    } catch { finding("\(error)") }
    return 0
}

/// Changes one input: scripts by their lines every other time, everything else byte by byte.
@c(LLVMFuzzerCustomMutator)
package func mutate(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ maximum: Int, _ seed: UInt32) -> Int {
    guard target == "fuzz-guest", seed % 4 != 0 else { return unsafe LLVMFuzzerMutate(bytes, count, maximum) }
    let script = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
    let mutated = ScriptMutator.mutate(script, seed: seed)
    guard !mutated.isEmpty, mutated.count <= maximum else { return unsafe LLVMFuzzerMutate(bytes, count, maximum) }
    for (index, byte) in mutated.enumerated() { unsafe bytes[index] = byte }
    return mutated.count
}
