/// How much a run may bring in and give out.
package struct AnswerLimits: Sendable {
    /// Longest script.
    package var codeBytes = 256 * 1024
    /// Most bytes of a script's value that reach the model.
    package var valueBytes = 20 * 1024
    /// Bytes shown of a bigger value that is kept for later runs.
    package var previewBytes = 2 * 1024
    /// Bytes of values that all sessions together keep between runs.
    package var keptBytes = 256 * 1024 * 1024
    /// Most bytes of console output that reach the model.
    package var consoleBytes = 8 * 1024

    package init() {}
}
