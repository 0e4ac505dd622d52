/// Plays one input to a connection, and sends it as an event; see ``Script`` for how inputs are written.
package func fuzz(_ input: [UInt8]) throws {
    try ConnectionRules.check(input)
    EventRules.check(input)
}
