import FuzzSupport

/// Plays one input; see ``Step`` for how inputs are written.
@c(LLVMFuzzerTestOneInput)
package func fuzz(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let input = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
    do { try Scenario().play(input) } catch { finding("\(error)") }
    return 0
}
