/// The files scripts see: what they may import and read, and nothing else.
struct FileTree {
    /// Why a path or an import cannot be followed, in words for whoever wrote the script.
    struct Refusal: Error { let message: String }

    private(set) var files: [String: String]
    private let directories: Set<String>

    init(_ files: [(path: String, text: String)]) {
        self.files = Dictionary(files.map { ($0.path, $0.text) }, uniquingKeysWith: { first, _ in first })
        var directories: Set<String> = [""]
        for (path, _) in files {
            var parts = path.split(separator: "/")
            while !parts.isEmpty {
                parts.removeLast()
                directories.insert(parts.joined(separator: "/"))
            }
        }
        self.directories = directories
    }

    // MARK: Reading

    func text(at path: String) throws(Refusal) -> String {
        let normalized = try Self.normalize(path, in: "")
        if let text = self.files[normalized] { return text }
        guard !self.directories.contains(normalized) else {
            throw Refusal(message: "\"\(path)\" is a directory: list it with fs.readdir(\"\(path)\").")
        }
        throw Refusal(message: "there is no file \"\(path)\". \(self.suggestion(for: normalized, prefix: ""))")
    }

    /// The names in a directory, sorted.
    func list(_ path: String) throws(Refusal) -> [String] {
        let normalized = try Self.normalize(path, in: "")
        guard self.directories.contains(normalized) else {
            let isFile = self.files[normalized] != nil
            throw Refusal(
                message: isFile
                    ? "\"\(path)\" is a file: read it with fs.readFile(\"\(path)\")."
                    : "there is no directory \"\(path)\". \(self.suggestion(for: normalized, prefix: ""))")
        }
        let prefix = normalized.isEmpty ? "" : normalized + "/"
        var names: Set<String> = []
        for path in self.files.keys where path.hasPrefix(prefix) {
            names.insert(String(path.dropFirst(prefix.count).prefix { $0 != "/" }))
        }
        return names.sorted()
    }

    /// Resolves `.` and `..` by words alone; leaving the root is refused.
    static func normalize(_ path: String, in folder: String) throws(Refusal) -> String {
        var parts = path.hasPrefix("/") ? [] : folder.split(separator: "/")
        for part in path.split(separator: "/") {
            switch part {
            case ".": continue
            case "..":
                guard !parts.isEmpty else {
                    throw Refusal(message: "\"\(path)\" leaves the tool tree: there is nothing above its root.")
                }
                parts.removeLast()
            default: parts.append(part)
            }
        }
        return parts.joined(separator: "/")
    }

    /// A sentence that names the nearest files, for a path that does not exist.
    func suggestion(for path: String, prefix: String, among isCandidate: (String) -> Bool = { _ in true }) -> String {
        let near = self.nearest(to: path, among: isCandidate)
        guard !near.paths.isEmpty else { return "The tool tree is empty." }
        let shown = near.paths.map { "\"\(prefix)\($0)\"" }
        return near.areClose
            ? "Did you mean \(shown.joined(separator: " or "))?"
            : "List what exists with fs.readdir(\"\"); for example \(shown.joined(separator: ", "))."
    }

    /// The paths most like `path`; at most three, and all of them far off when none is close.
    func nearest(to path: String, among isCandidate: (String) -> Bool) -> (paths: [String], areClose: Bool) {
        let wanted = Array(path.lowercased().utf8)
        let ranked = self.files.keys.filter(isCandidate).map { key in
            let plain = key.hasSuffix(".js") ? key.dropLast(3) : Substring(key)
            let base = plain.hasSuffix("/index") ? plain.dropLast(6) : plain
            let name = Array((base.split(separator: "/").last ?? "").lowercased().utf8)
            let wantedName = Array(wanted.split(separator: UInt8(ascii: "/")).last ?? [])
            let whole = EditDistance.between(wanted, Array(base.lowercased().utf8))
            let last = EditDistance.between(wantedName, name)
            // The right name in the wrong folder is near, a short name that resembles every other is not.
            return (key, last <= wantedName.count / 4 ? min(whole, 1 + last) : whole)
        }
        let nearest = ranked.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.prefix(3)
        let close = nearest.filter { $0.1 <= max(3, wanted.count / 3) }
        return ((close.isEmpty ? Array(nearest) : Array(close)).map(\.0), !close.isEmpty)
    }
}

/// How many letters must change to make one word from another.
enum EditDistance {
    static func between(_ left: [UInt8], _ right: [UInt8]) -> Int {
        guard left.count < 200, right.count < 200 else { return Int.max / 2 }
        var row = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in right.enumerated() {
                let substituted = diagonal + (a == b ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substituted, row[j] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}
