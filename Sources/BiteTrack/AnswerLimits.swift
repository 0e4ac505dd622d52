/// How much a run may bring in and give out.
package struct AnswerLimits: Sendable {
    /// Longest script.
    package var codeBytes = 256 * 1024
    /// Most bytes of a script's value that reach the model.
    package var valueBytes = 20 * 1024
    /// Most bytes of console output that reach the model.
    package var consoleBytes = 8 * 1024

    package init() {}
}
