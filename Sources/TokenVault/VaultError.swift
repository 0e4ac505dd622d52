/// Why a token could not be sealed, opened or read; never holds a part of it.
package struct VaultError: Error, CustomStringConvertible, Equatable {
    package let description: String

    init(_ description: String) { self.description = description }
}
