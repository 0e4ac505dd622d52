/// What the host says once, before anything else.
struct ZygoteConfiguration {
    private static let version: UInt32 = 2

    /// Walls without which the zygote must not serve.
    let required: Set<Wall>
    let files: FileTree

    /// nil for anything but a well-formed configure frame.
    init?(_ frame: Frame) {
        var reader = ByteReader(frame.body)
        guard frame.type == .configure, reader.read(UInt32.self) == Self.version,
            let wallCount = reader.read(UInt32.self)
        else { return nil }
        var required: Set<Wall> = []
        for _ in 0..<wallCount {
            guard let wall = reader.readPrefixedText().flatMap(Wall.init(rawValue:)) else { return nil }
            required.insert(wall)
        }
        guard let fileCount = reader.read(UInt32.self) else { return nil }
        var files: [(path: String, text: String)] = []
        for _ in 0..<fileCount {
            guard let path = reader.readPrefixedText(), let text = reader.readPrefixedText() else { return nil }
            files.append((path, text))
        }
        self.required = required
        self.files = FileTree(files)
    }
}
