import FuzzSupport

/// Plays one input to the host's side of a run; see ``ChannelScript`` for how inputs are written.
package func fuzz(_ input: [UInt8]) throws {
    let script = ChannelScript(input)
    let whole = DecidedRun(script)
    let piecemeal = DecidedRun(script.piecemeal)
    promise(whole.trace == piecemeal.trace, "the reads matter:\n\(whole.trace)\n\(piecemeal.trace)")
    try HandledRun(script).play(expecting: whole)
}
