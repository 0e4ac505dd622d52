/// Which module an import names.
extension FileTree {
    static let hostModule = "bitetrack:api"

    static func isModule(_ path: String) -> Bool { path.hasSuffix(".js") || path.hasSuffix(".mjs") }

    /// The module a specifier names, seen from the module `base`: a file of the tree, or ``hostModule``.
    ///
    /// - Throws: a message that begins with "cannot import", by which an uncaught one is recognised.
    func resolve(_ specifier: String, from base: String) throws(Refusal) -> String {
        if specifier == Self.hostModule { return specifier }
        guard specifier.hasPrefix("./") || specifier.hasPrefix("../") || specifier == "." || specifier == ".." else {
            throw self.refusal(of: specifier, because: self.reasonAgainst(specifier))
        }
        let folder = base.split(separator: "/").dropLast().joined(separator: "/")
        let path: String
        do throws(Refusal) {
            path = try Self.normalize(specifier, in: folder)
        } catch {
            throw self.refusal(
                of: specifier, because: "it leaves the tool tree: there is nothing above its root. Write \"./tools/…\"."
            )
        }
        if let found = self.module(at: path) { return found }
        if self.files[path] != nil {
            throw self.refusal(
                of: specifier,
                because: "\(path) is not a JavaScript module. Read it: await fs.readFile(\"\(path)\").")
        }
        throw self.refusal(
            of: specifier,
            because:
                "there is no file \(path.isEmpty ? "index.js" : path).js or \(path.isEmpty ? "" : path + "/")index.js. "
                + self.suggestion(for: path, prefix: "./", among: Self.isModule))
    }

    private func module(at path: String) -> String? {
        [path, path + ".js", path.isEmpty ? "index.js" : path + "/index.js"]
            .first { self.files[$0] != nil && Self.isModule($0) }
    }

    private func refusal(of specifier: String, because reason: String) -> Refusal {
        // A script may make up a specifier of any length.
        let shown = specifier.utf8.count <= 200 ? specifier : specifier.prefix(200) + "…"
        return Refusal(message: "cannot import \"\(shown)\": \(reason)")
    }

    /// Why a specifier that is no relative path cannot be followed, and what to write in its place.
    private func reasonAgainst(_ specifier: String) -> String {
        let start = "only files of the tool tree can be imported, by a relative path, "
        let scheme = specifier.firstIndex(of: ":").map { specifier[..<$0].lowercased() } ?? ""
        let name = scheme == "node" ? String(specifier.dropFirst("node:".count)) : specifier
        switch scheme {
        case "http", "https", "ws", "wss", "ftp":
            return "nothing can be loaded from the network. \(Self.wayToData)"
        case "data", "blob", "javascript":
            return "modules cannot be made from text: write the code in the script itself."
        case "file":
            return start + "such as \"./tools/…\", never by a file URL."
        case "bitetrack":
            return "the one module of this kind is \"\(Self.hostModule)\"."
        default: break
        }
        if let substitute = Self.substitutes[name] { return start + "and \(substitute)" }
        let path = specifier.hasPrefix("/") ? String(specifier.drop { $0 == "/" }) : specifier
        if let normalized = try? Self.normalize(path, in: ""), self.module(at: normalized) != nil {
            return start + "so write \"./\(path)\"."
        }
        let near = self.nearest(to: path, among: Self.isModule)
        if near.areClose {
            return start + self.suggestion(for: path, prefix: "./", among: Self.isModule).lowercasedFirst
        }
        return start
            + "such as \"./tools/…\", or \"\(Self.hostModule)\". npm packages and Node modules are not available."
    }

    private static let wayToData = "Data comes from the modules under \"./tools\" and from callAPI."

    /// What stands in for modules that scripts written for Node ask for.
    private static let substitutes: [String: String] = {
        let files = "`fs` is already there as a global: await fs.readFile(\"tools/…\")."
        let timers = "`setTimeout` is already there as a global."
        let urls = "`URL` and `URLSearchParams` are already there as globals."
        let network = "there is no network. \(wayToData)"
        return [
            "fs": files, "fs/promises": files, "timers": timers, "timers/promises": timers, "url": urls,
            "http": network, "https": network, "net": network, "axios": network, "node-fetch": network,
            "undici": network,
        ]
    }()
}

extension String {
    fileprivate var lowercasedFirst: String { self.prefix(1).lowercased() + self.dropFirst() }
}
