import Foundation
import TestSupport

extension Project {
    static func client(_ name: String) -> String {
        Project.root.appending(path: "Tests/EndToEndTests/Clients").appending(path: name).path()
    }
}
