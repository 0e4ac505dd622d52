/// Why bytes could not be compressed or restored.
package enum GzipError: Error, Equatable, CustomStringConvertible {
    case outOfMemory
    /// Not gzip, or damaged.
    case malformed
    /// Ended in the middle.
    case truncated
    /// Larger than the given limit once restored.
    case tooLarge(limitBytes: Int)

    package var description: String {
        switch self {
        case .outOfMemory: "no memory for gzip"
        case .malformed: "the data is not valid gzip"
        case .truncated: "the gzip data ends too early"
        case .tooLarge(let limitBytes): "the gzip data expands to more than \(limitBytes) bytes"
        }
    }
}
