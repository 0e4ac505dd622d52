import CQuickJS

/// What is wrong with an import of the script, and where it stands.
extension ScriptRun {
    /// How QuickJS begins the message about a name that a module does not export.
    static let missingExport = "Could not find export '"

    /// The place of the import that failed; the engine's own error knows none.
    ///
    /// - Parameter module: the file of the tree that failed while it was loaded.
    func importPosition(of failure: RunFailure, madeIn module: Substring?, in engine: Engine) -> SourcePosition? {
        if failure.message.hasPrefix("import attributes") { return SourcePosition(ofText: "with", in: self.source) }
        if let module, let loaded = engine.scriptImports.first(where: { $0.path.map { $0 == module } ?? false }) {
            return SourcePosition(ofLiteral: loaded.specifier, in: self.source)
        }
        guard failure.errorName == "SyntaxError" || failure.message.hasPrefix("cannot import") else { return nil }
        let failed = engine.scriptImports.last { imported in
            guard let path = imported.path else { return true }
            return engine.broken[path] != nil
        }
        // A specifier that the script puts together is not in its text; its only import( is then the place.
        return failed.flatMap { SourcePosition(ofLiteral: $0.specifier, in: self.source) }
            ?? SourcePosition(ofText: "import(", in: self.source)
    }

    /// Names what the module does export.
    func explainMissingExport(_ failure: inout RunFailure, in engine: Engine) {
        guard failure.message.hasPrefix(Self.missingExport) else { return }
        let parts = failure.message.split(separator: "'", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 4 else { return }
        if let imported = engine.scriptImports.first(where: { $0.path == parts[3] }) {
            failure.position = SourcePosition(ofLiteral: imported.specifier, in: self.source)
        }
        guard parts[3] != FileTree.hostModule else {
            failure.message =
                "\"\(FileTree.hostModule)\" has no export \"\(parts[1])\". "
                + "It exports callAPI and APIError."
            return
        }
        let exports = engine.exports(of: parts[3])
        guard !exports.isEmpty else { return }
        let wanted = Array(parts[1].lowercased().utf8)
        let nearest = exports.filter {
            EditDistance.between(wanted, Array($0.lowercased().utf8)) <= max(1, wanted.count / 3)
        }
        failure.message =
            "\(parts[3]) has no export \"\(parts[1])\". "
            + (nearest.isEmpty ? "" : "Did you mean \(nearest.joined(separator: " or "))? ")
            + "It exports \(exports.joined(separator: ", "))."
    }
}

extension Engine {
    /// What a module of the tree exports; running it is the way to find out.
    fileprivate func exports(of path: String) -> [String] {
        let promise = unsafe self.own(JS_LoadModule(self.context, "", "./" + path))
        self.runJobs()
        guard promise.isPromise, unsafe JS_PromiseState(self.context, promise.raw) == JS_PROMISE_FULFILLED else {
            return []
        }
        let names = self.call(self.namesOf, [unsafe self.own(JS_PromiseResult(self.context, promise.raw))])
        guard let text = names.stringText else { return [] }
        return text.split(separator: "\n").map(String.init)
    }
}
