/// Which modules of the tree a script asks for, read from its text: which it loads, only the guest knows for sure.
enum ModuleImports {
    /// Bytes of a script that are read; a longer one has its imports at its beginning too.
    private static let readBytes = 64 * 1024

    /// Paths of modules that the script imports or reads with `fs.readFile`, each once.
    ///
    /// A folder counts as its `index.js`. Paths put together while the script runs are not seen.
    static func paths(in code: String, of catalogue: ToolCatalogue) -> Set<String> {
        let bytes = Array(code.utf8.prefix(Self.readBytes))
        var found: Set<String> = []
        var index = 0
        while index < bytes.count {
            guard let quote = Self.quotes.first(where: { $0 == bytes[index] }) else {
                index += 1
                continue
            }
            var end = index + 1
            while end < bytes.count, bytes[end] != quote, bytes[end] != 0x0A {
                end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
            }
            let text = bytes[(index + 1)..<min(end, bytes.count)]
            if end < bytes.count, bytes[end] == quote, Self.isAskedFor(bytes[..<index]),
                let path = Self.path(of: String(decoding: text, as: UTF8.self), in: catalogue)
            {
                found.insert(path)
            }
            index = end + 1
        }
        return found
    }

    private static let quotes = [UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`")]

    /// Whether what stands before a string makes it the name of a module: `import`, `from`, `import(`, `readFile(`.
    private static func isAskedFor(_ before: ArraySlice<UInt8>) -> Bool {
        var end = before.endIndex
        func skip(_ isSkipped: (UInt8) -> Bool) {
            while end > before.startIndex, isSkipped(before[end - 1]) { end -= 1 }
        }
        skip { $0 <= 0x20 }
        let isCall = end > before.startIndex && before[end - 1] == UInt8(ascii: "(")
        if isCall {
            end -= 1
            skip { $0 <= 0x20 }
        }
        let words = isCall ? ["import", "readFile"] : ["import", "from"]
        return words.contains { before[..<end].suffix($0.utf8.count).elementsEqual($0.utf8) }
    }

    private static func path(of specifier: String, in catalogue: ToolCatalogue) -> String? {
        let parts = specifier.split(separator: "/").filter { $0 != "." }
        guard !parts.isEmpty, !parts.contains("..") else { return nil }
        let path = parts.joined(separator: "/")
        return [path, path + ".js", path + "/index.js"].first { $0.hasSuffix(".js") && catalogue.text(of: $0) != nil }
    }
}
