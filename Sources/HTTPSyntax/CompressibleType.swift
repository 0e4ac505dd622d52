/// Media types whose bodies gzip makes smaller.
package enum CompressibleType {
    package static func contains(_ contentType: String) -> Bool {
        if contentType == "application/json" { return true }
        let end = contentType.firstIndex { $0 == ";" || $0 == " " } ?? contentType.endIndex
        let type = contentType[..<end].lowercased()
        // An event must not wait in a compressor for the next one.
        guard type != "text/event-stream" else { return false }
        return type.hasPrefix("text/") || type.hasSuffix("+json") || type.hasSuffix("+xml")
            || [
                "application/json", "application/javascript", "application/xml", "application/yaml",
                "application/x-ndjson", "application/openmetrics-text", "application/manifest+json",
            ].contains(type)
    }
}
