import BiteTrack
import Foundation
import JSON

/// Counts the tokens of texts: estimated, or with a real tokenizer.
struct TokenCounter {
    struct Failed: Error, CustomStringConvertible { let description: String }

    private let vocabulary: String?
    private let python: String

    /// - Throws: when the vocabulary cannot be used.
    init(vocabulary: String?, python: String) throws {
        self.vocabulary = vocabulary
        self.python = python
        if vocabulary != nil { _ = try self.counts(["a"]) }
    }

    /// How it counts, in words.
    var method: String {
        self.vocabulary.map { "tokenizers with \($0)" } ?? "estimate: \(TokenEstimate.bytesPerToken) bytes each"
    }

    func counts(_ texts: [String]) throws -> [Int] {
        guard let vocabulary else { return texts.map { TokenEstimate.tokens(inBytes: $0.utf8.count) } }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [self.python, "-c", Self.program, vocabulary]
        let (input, output) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
        // Written whole before anything is read: the program answers only at the end of its input.
        input.fileHandleForWriting.write(Data(JSONValue.array(texts.map { .string($0) }).serialized))
        try input.fileHandleForWriting.close()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let counts = (try? JSONValue(parsing: Array(data)))?.arrayValue?.compactMap(\.intValue) ?? []
        guard process.terminationStatus == 0, counts.count == texts.count else {
            throw Failed(description: "\(self.python) cannot count with \(vocabulary): is `tokenizers` installed?")
        }
        return counts
    }

    private static let program = """
        import json, sys
        from tokenizers import Tokenizer
        tokenizer = Tokenizer.from_file(sys.argv[1])
        texts = json.load(sys.stdin)
        print(json.dumps([len(tokenizer.encode(text, add_special_tokens=False).ids) for text in texts]))
        """
}
