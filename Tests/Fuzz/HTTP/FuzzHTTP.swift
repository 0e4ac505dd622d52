import FuzzSupport

/// Plays one input to a connection, and sends it as an event; see ``Script`` for how inputs are written.
@c(LLVMFuzzerTestOneInput)
package func fuzz(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let input = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
    do { try ConnectionRules.check(input) } catch { finding("\(error)") }
    EventRules.check(input)
    return 0
}
