import CodeSandbox
import Foundation

extension ToolCatalogue {
    /// The tree that came with the program.
    ///
    /// - Parameters:
    ///   - folder: a folder with `Tools`, `Lib` and `Workflows`; nil takes the one beside the executable.
    ///   - zone: told to scripts, which have no calendar of their own.
    /// - Throws: ``CatalogueError`` when it cannot be read.
    package static func load(from folder: String? = nil, zone: ShopZone = .standard) throws -> ToolCatalogue {
        let folder = try folder ?? self.bundledFolder()
        var files: [VirtualFile] = []
        for root in self.roots { files += try self.files(in: "\(folder)/\(root.capitalized)", as: root) }
        guard !files.isEmpty else { throw CatalogueError("\(folder): no tool modules") }
        files.append(VirtualFile(path: "lib/shop.js", text: zone.module))
        return try ToolCatalogue(files: files, zone: zone)
    }

    /// The folder SwiftPM puts beside the executable.
    ///
    /// `Bundle.module` would end the process when the folder is missing, and looks in the build folder when the program
    /// was moved; this says what is missing instead.
    private static func bundledFolder() throws -> String {
        let executable = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let folder = executable.deletingLastPathComponent().path + "/bitetrack-sidecar_BiteTrack.resources"
        guard FileManager.default.fileExists(atPath: folder) else {
            throw CatalogueError("the tool modules are missing: \(folder) must lie beside the program")
        }
        return folder
    }

    private static func files(in folder: String, as path: String) throws -> [VirtualFile] {
        var files: [VirtualFile] = []
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted() } catch {
            throw CatalogueError("\(folder): cannot be read")
        }
        for name in names where !name.hasPrefix(".") {
            let place = folder + "/" + name
            var isFolder: ObjCBool = false
            guard unsafe FileManager.default.fileExists(atPath: place, isDirectory: &isFolder) else { continue }
            if isFolder.boolValue {
                files += try self.files(in: place, as: path + "/" + name)
            } else if [".js", ".ts", ".md"].contains(where: name.hasSuffix) {
                guard let data = FileManager.default.contents(atPath: place),
                    let text = String(validating: data, as: UTF8.self)
                else { throw CatalogueError("\(place): not a UTF-8 text") }
                files.append(VirtualFile(path: path + "/" + name, text: text))
            }
        }
        return files
    }
}
