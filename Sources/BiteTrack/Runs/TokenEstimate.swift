/// How many tokens a text is worth, reckoned the same way everywhere: in metrics, limits and measurements.
///
/// Tokenizers differ; English prose and JSON come near four bytes a token, and a constant makes figures comparable.
package enum TokenEstimate {
    package static let bytesPerToken = 4

    package static func tokens(inBytes bytes: Int) -> Int { (bytes + self.bytesPerToken - 1) / self.bytesPerToken }
}
