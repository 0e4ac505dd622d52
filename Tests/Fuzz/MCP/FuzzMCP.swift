/// Plays one input to an MCP server; see ``Step`` for how inputs are written.
package func fuzz(_ input: [UInt8]) throws { try Scenario().play(input) }
