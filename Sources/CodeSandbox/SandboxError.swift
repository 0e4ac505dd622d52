/// Why the sandbox as a whole cannot work.
package struct SandboxError: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
