import JSON
import NIOCore

/// One of the lists a server shows, cut into pages and encoded once for each revision.
struct Listing: Sendable {
    private let pages: [ProtocolRevision: [ByteBuffer]]

    /// - Parameters:
    ///   - key: the result's member that holds the items, such as `tools`.
    ///   - define: an item as a revision describes it.
    init<Item>(
        _ key: String, of items: [Item], pageSize: Int, define: (Item, ProtocolRevision) -> JSONValue
    ) {
        var pages: [ProtocolRevision: [ByteBuffer]] = [:]
        for revision in ProtocolRevision.allCases {
            let count = max(1, (items.count + pageSize - 1) / pageSize)
            pages[revision] = (0..<count).map { index in
                let slice = items.dropFirst(index * pageSize).prefix(pageSize)
                var members: JSONObject = [key: .array(slice.map { define($0, revision) })]
                if index + 1 < count { members["nextCursor"] = .string(Listing.cursor(ofPage: index + 1)) }
                var buffer = ByteBuffer()
                buffer.writeMembers(members)
                return buffer
            }
        }
        self.pages = pages
    }

    /// The members of a page; the first one without a cursor.
    ///
    /// - Throws: `-32602` for a cursor that no page gave out.
    func page(at cursor: JSONValue?, for revision: ProtocolRevision) throws(RPCError) -> ByteBuffer {
        let pages = self.pages[revision] ?? []
        let index: Int?
        switch cursor {
        case nil, "": index = 0
        case .some(let cursor): index = pages.indices.first { cursor == .string(Listing.cursor(ofPage: $0)) }
        }
        guard let index, index < pages.count else {
            throw RPCError(.invalidParams, "There is no such cursor: begin again without one.")
        }
        return pages[index]
    }

    private static func cursor(ofPage index: Int) -> String { "page-\(index + 1)" }
}
