import JSON
import UpstreamPipeline

/// Reads a query into arguments, each name once and as a plain scalar.
///
/// The API's own parser turns `a[$ne]=1` into an operator of its database, and a repeated name into a list.
enum QueryText {
    /// - Throws: `.invalidArguments` for what the API must not see.
    static func read(_ query: String?) throws(PipelineError) -> JSONObject {
        var arguments: JSONObject = [:]
        for pair in (query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentText.decode(parts[0], plusIsSpace: true),
                let value = PercentText.decode(parts.count > 1 ? parts[1] : "", plusIsSpace: true)
            else { throw self.refusal("the query is not percent-encoded UTF-8") }
            let shown = JSONValue.string(String(name.prefix(60))).text
            guard !name.utf8.contains(where: { "[]$.".utf8.contains($0) }) else {
                throw self.refusal("the query key \(shown) must be a plain name: no brackets, dots or dollar signs")
            }
            guard !arguments.contains(name) else { throw self.refusal("the query key \(shown) is given twice") }
            arguments.append(name, .string(value))
        }
        return arguments
    }

    private static func refusal(_ message: String) -> PipelineError {
        PipelineError(.invalidArguments, origin: .caller, status: 400, message: message)
    }
}
