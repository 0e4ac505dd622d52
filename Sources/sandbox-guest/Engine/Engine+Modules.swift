import CQuickJS

/// Modules that cannot be imported, found out before any script asks for them, each with what is wrong.
///
/// Every other module is compiled once, in the zygote; QuickJS finds it by its name when a script imports it, and each
/// guest only links and runs it. Bytecode is shared between the guests until one writes to its page, which linking
/// hardly does.
struct BrokenModules {
    enum Defect {
        /// The file whose text cannot be parsed; the engine says best what is wrong with it.
        case syntax(in: String)
        case unresolvedImport(message: String)
    }

    private var defects: [String: Defect] = [:]

    subscript(path: String) -> Defect? { self.defects[path] }

    mutating func add(_ path: String, _ defect: Defect) { self.defects[path] = defect }

    /// A module cannot be used when one it imports cannot, however far away.
    mutating func spread(along imports: [String: [String]]) {
        var isGrowing = true
        while isGrowing {
            isGrowing = false
            for (path, imported) in imports where self.defects[path] == nil {
                guard let culprit = imported.first(where: { self.defects[$0] != nil }) else { continue }
                self.defects[path] = self.defects[culprit]
                isGrowing = true
            }
        }
    }
}

/// What looking into one file collects.
struct ModuleExamination {
    var imports: [String] = []
    var refusal: String?
}

extension Engine {
    private static let compileOnly = JS_EVAL_TYPE_MODULE | JS_EVAL_FLAG_COMPILE_ONLY

    func setUpModules(opaque: UnsafeMutableRawPointer) {
        unsafe JS_SetModuleLoaderFunc2(self.runtime, normalizeModule, loadModule, refuseAttributes, opaque)
    }

    /// Compiles every module of the tree and the host module.
    ///
    /// A module that cannot be used is left out, so that QuickJS never keeps one whose imports are incomplete: it
    /// would point to modules that are gone.
    func compileModules() throws(RunFailure) {
        let paths = self.files.files.keys.filter(FileTree.isModule).sorted()
        self.broken = try self.findBroken(among: paths)
        for path in [FileTree.hostModule] + paths where self.broken[path] == nil && !self.compiled.contains(path) {
            guard unsafe self.compile(path) != nil else {
                let error = self.takeException().describedBare
                throw RunFailure(.guestLost, "\(path) could not be compiled: \(error)")
            }
        }
    }

    /// Parses each file by itself, in a context that is thrown away, with empty modules in place of its imports.
    private func findBroken(among paths: [String]) throws(RunFailure) -> BrokenModules {
        guard let scratch = unsafe JS_NewContextRaw(self.runtime) else {
            throw RunFailure(.guestLost, "the JavaScript engine could not be made: out of memory")
        }
        defer { unsafe JS_FreeContext(scratch) }
        guard
            unsafe JS_AddIntrinsicBaseObjects(scratch) == 0 && JS_AddIntrinsicEval(scratch) == 0
                && JS_AddIntrinsicRegExp(scratch) == 0
        else { throw RunFailure(.guestLost, "the JavaScript engine could not be made: out of memory") }
        var broken = BrokenModules()
        var imports: [String: [String]] = [:]
        for path in paths {
            self.examination = ModuleExamination()
            let source = self.files.files[path] ?? ""
            let module = unsafe self.evaluate(source, named: path, flags: Self.compileOnly, in: scratch)
            imports[path] = self.examination?.imports
            guard module.isException else { continue }
            unsafe JS_FreeValue(scratch, JS_GetException(scratch))
            if let message = self.examination?.refusal {
                broken.add(path, .unresolvedImport(message: message))
            } else {
                broken.add(path, .syntax(in: path))
            }
        }
        self.examination = nil
        broken.spread(along: imports)
        return broken
    }

    /// Compiles a module and what it imports; nil with an exception when that fails.
    private func compile(_ path: String) -> OpaquePointer? {
        self.compiled.insert(path)
        let source = path == FileTree.hostModule ? Prelude.hostModule : self.files.files[path] ?? ""
        let module = self.evaluate(source, named: path, flags: Self.compileOnly)
        // The context keeps the module; the reference that goes with `module` is not needed.
        return module.isException ? nil : unsafe cqjs_module(module.raw)
    }

    /// The path a specifier stands for; nil with an exception when it stands for none.
    fileprivate func resolve(_ specifier: String, from base: String, in context: OpaquePointer?) -> String? {
        let isOfScript = base == SourcePosition.scriptName
        do throws(FileTree.Refusal) {
            let path = try self.files.resolve(specifier, from: base)
            self.examination?.imports.append(path)
            if isOfScript { self.scriptImports.append((specifier, path)) }
            return path
        } catch {
            if isOfScript { self.scriptImports.append((specifier, nil)) }
            let place = isOfScript ? "" : " (imported by \(base))"
            self.examination?.refusal = error.message + place
            unsafe JS_FreeValue(context, cqjs_throw_reference_error(context, error.message + place))
            return nil
        }
    }

    /// Called for modules that QuickJS does not have: those in the making, and the broken ones.
    fileprivate func load(_ path: String, in context: OpaquePointer?) -> OpaquePointer? {
        if self.examination != nil {
            return unsafe JS_NewCModule(context, path, { _, _ in 0 })
        }
        switch self.broken[path] {
        case nil: return unsafe self.compile(path)
        case .syntax(let file): return unsafe self.compile(file)
        case .unresolvedImport(let message):
            unsafe JS_FreeValue(context, cqjs_throw_reference_error(context, message))
            return nil
        }
    }
}

// MARK: Callbacks

private let normalizeModule:
    @convention(c) (OpaquePointer?, UnsafePointer<CChar>?, UnsafePointer<CChar>?, UnsafeMutableRawPointer?)
        -> UnsafeMutablePointer<CChar>? = { context, base, specifier, opaque in
            let engine = unsafe Engine.from(opaque)
            let specifier = unsafe String(cString: specifier!)
            guard let path = unsafe engine.resolve(specifier, from: String(cString: base!), in: context) else {
                return nil
            }
            return unsafe js_strdup(context, path)
        }

private let loadModule:
    @convention(c) (OpaquePointer?, UnsafePointer<CChar>?, UnsafeMutableRawPointer?, JSValue) -> OpaquePointer? = {
        context, name, opaque, _ in
        unsafe Engine.from(opaque).load(String(cString: name!), in: context)
    }

private let refuseAttributes: @convention(c) (OpaquePointer?, UnsafeMutableRawPointer?, JSValue) -> Int32 = {
    context, _, _ in
    let message =
        "import attributes (`with { … }`) are not supported: only JavaScript modules can be imported; "
        + "read other files with fs.readFile"
    unsafe JS_FreeValue(context, cqjs_throw_type_error(context, message))
    return -1
}
