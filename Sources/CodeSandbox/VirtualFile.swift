/// A file of the tree that scripts see.
package struct VirtualFile: Sendable {
    /// Relative to the root, such as `tools/sales/getSales.js`.
    package let path: String
    package let text: String

    package init(path: String, text: String) {
        self.path = path
        self.text = text
    }
}
