import JSON
import NIOCore

/// Where the elements of a list's answer stand.
enum ElementIndex {
    /// By the id that `pick` names.
    static func elements(of body: ByteBuffer, _ pick: Pick) -> [String: Range<Int>] {
        let bytes = Array(body.readableBytesView)
        var (reader, found) = (JSONReader(bytes.span), [String: Range<Int>]())
        func take(_ reader: inout JSONReader) throws(JSONError) {
            try reader.forEachElement { (reader) throws(JSONError) in
                let range = try reader.skipValue(depth: 64)
                guard let id = try reader.value(at: range, depth: 64)[pick.member]?.stringValue else { return }
                if found[id] == nil { found[id] = range }
            }
        }
        do {
            guard let pages = pick.pages else {
                try take(&reader)
                return found
            }
            try reader.forEachMember { (name, reader) throws(JSONError) in
                if name == pages.items { try take(&reader) } else { try reader.skipValue(depth: 64) }
            }
        } catch {}  // The answer was checked to be JSON; what is not a list has no elements.
        return found
    }
}
