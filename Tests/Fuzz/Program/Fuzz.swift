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
        default: finding("FUZZ_TARGET must be fuzz-http or fuzz-mcp")
        }
    } catch { finding("\(error)") }
    return 0
}
