package import NIOCore
package import NIOHTTP1

/// An answer from the store, ready to be written.
package struct CachedAnswer: Sendable {
    enum Form: Sendable, Equatable {
        case whole
        /// The client has it already (RFC 9110, section 15.4.5).
        case notModified
        /// Bytes of a complete response.
        case range(Range<Int>, of: Int)
        /// Bytes of a stored part, and what they are of the whole.
        case part(Range<Int>, whole: Range<Int>, of: Int?)
        /// A stored part as it came.
        case wholePart
        case unsatisfiable(length: Int)
    }

    let stored: StoredResponse
    let form: Form
    /// Whether the body stays away.
    let isHead: Bool
    /// Whether the body goes out as it is stored, compressed.
    let isCompressed: Bool
    /// Seconds.
    let age: Int64
    package var cacheStatus: CacheStatus
    /// Whether the client would rather have had it compressed: ``HTTPCache/packing(_:)`` sees to it for the next.
    package var isWorthPacking = false

    /// Whether it goes out without its body, which its length tells of.
    package var isForHead: Bool { self.isHead }

    /// Whether the next request can be given the same without asking the origin.
    package var isReusable: Bool {
        (self.cacheStatus.isHit || self.cacheStatus.isStored) && (self.cacheStatus.timeToLive ?? 0) > 0
            && !self.stored.facts.flags.contains(.alwaysValidates)
    }

    package var status: HTTPResponseStatus {
        switch self.form {
        case .whole: HTTPResponseStatus(statusCode: self.stored.status)
        case .notModified: .notModified
        case .range, .part, .wholePart: .partialContent
        case .unsatisfiable: .rangeNotSatisfiable
        }
    }

    /// Fields a 304 carries; others describe what the client has (RFC 9110, section 15.4.5).
    private static let notModifiedFields: Set<String> = [
        "cache-control", "cdn-cache-control", "content-location", "date", "etag", "expires", "last-modified", "vary",
        "cache-status",
    ]

    /// Every header but those that frame the message.
    package var headers: HTTPHeaders {
        var headers = self.stored.headers
        switch self.form {
        case .whole, .wholePart: break
        case .notModified:
            let kept = headers.filter { Self.notModifiedFields.contains($0.name.lowercased()) }
            headers = HTTPHeaders(kept.map { ($0.name, $0.value) })
        case .range(let bytes, of: let length):
            headers.replaceOrAdd(name: "content-range", value: Self.contentRange(bytes, length))
        case .part(_, let whole, let length):
            headers.replaceOrAdd(name: "content-range", value: Self.contentRange(whole, length))
        case .unsatisfiable(let length):
            headers = ["content-range": "bytes */\(length)"]
        }
        if self.isCompressed {
            if let tag = headers.first(name: "etag"), !EntityTag.isWeak(tag) {
                headers.replaceOrAdd(name: "etag", value: "W/\(tag)")
            }
            if self.form == .whole { headers.add(name: "content-encoding", value: "gzip") }
        }
        headers.add(name: "age", value: String(self.age))
        headers.add(name: "cache-status", value: "\(self.cacheStatus)")
        return headers
    }

    private static func contentRange(_ bytes: Range<Int>, _ length: Int?) -> String {
        "bytes \(bytes.lowerBound)-\(bytes.upperBound - 1)/\(length.map(String.init) ?? "*")"
    }

    /// What `Content-Length` says; nil for answers that have no content by nature.
    package var contentLength: Int? {
        if StatusRules.hasNoBody(Int(self.status.code)) { return nil }
        switch self.form {
        case .whole: return self.isCompressed ? Int(self.stored.layout.bodyBytes) : Int(self.stored.layout.plainBytes)
        case .wholePart: return Int(self.stored.layout.plainBytes)
        case .range(let bytes, of: _), .part(let bytes, whole: _, of: _): return bytes.count
        case .notModified: return nil
        case .unsatisfiable: return 0
        }
    }

    /// What goes out behind the headers; empty for HEAD.
    ///
    /// - Returns: nil when a compressed body cannot be restored: the entry is damaged.
    package var body: ByteBuffer? {
        if self.isHead { return ByteBuffer() }
        switch self.form {
        case .notModified, .unsatisfiable: return ByteBuffer()
        case .whole where self.isCompressed: return self.stored.body
        case .whole, .wholePart: return self.stored.plainBody
        case .range(let bytes, of: _), .part(let bytes, whole: _, of: _):
            guard let body = self.stored.plainBody else { return nil }
            return body.getSlice(at: body.readerIndex + bytes.lowerBound, length: bytes.count)
        }
    }
}
