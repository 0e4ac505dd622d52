import FuzzSupport

/// One response as it went over the wire.
struct WireResponse: Equatable {
    var status = 0
    /// Names in lower case.
    var headers: [[String]] = []
    var body: [UInt8] = []
    var isComplete = false

    subscript(name: String) -> [String] { self.headers.filter { $0[0] == name }.map { $0[1] } }

    /// The same without what changes with time.
    var timeless: WireResponse {
        var response = self
        response.headers.removeAll { $0[0] == "date" }
        return response
    }
}

/// Reads responses as strictly as RFC 9112 allows, so that nothing can be read in two ways.
struct ResponseReader {
    private var rest: ArraySlice<UInt8>

    /// Reads all responses in `bytes`; `methods` are those of the requests that came to be handled, in order.
    static func read(_ bytes: [UInt8], methods: [String]) -> [WireResponse] {
        var reader = ResponseReader(rest: bytes[...])
        var responses: [WireResponse] = []
        while !reader.rest.isEmpty {
            promise(responses.last?.isComplete ?? true, "bytes follow a response that does not end")
            promise(responses.last?["connection"].contains("close") != true, "bytes follow the last response")
            let method = responses.count < methods.count ? methods[responses.count] : "GET"
            if let response = reader.next(method) { responses.append(response) }
        }
        return responses
    }

    /// nil for an interim response.
    private mutating func next(_ method: String) -> WireResponse? {
        var response = WireResponse()
        guard let line = self.line() else { return response }
        let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        promise(words.count == 3 && words[0] == "HTTP/1.1" && words[1].utf8.count == 3, "a status line: \(line)")
        response.status = Int(words[1]) ?? 0
        promise((100...599).contains(response.status), "a status: \(line)")
        while let line = self.line() {
            if line.isEmpty { return self.finished(response, method) }
            response.headers.append(Self.header(line))
        }
        return response
    }

    private static func header(_ line: String) -> [String] {
        let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let delimiters = Set("\"(),/:;<=>?@[\\]{}".utf8)
        let isToken = parts[0].utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !delimiters.contains($0) }
        promise(parts.count == 2 && isToken && !parts[0].isEmpty, "a header: \(line)")
        let isSound = parts[1].utf8.allSatisfy { ($0 >= 0x20 && $0 != 0x7F) || $0 == 9 }
        promise(parts[1].hasPrefix(" ") && isSound, "a header's value: \(line)")
        return [parts[0].lowercased(), String(parts[1].dropFirst())]
    }

    private mutating func finished(_ head: WireResponse, _ method: String) -> WireResponse? {
        var response = head
        let (lengths, codings) = (response["content-length"], response["transfer-encoding"])
        if response.status < 200 {
            promise(response.status == 100 && response.headers.isEmpty, "an interim response of its own kind")
            return nil
        }
        promise(response["date"].count == 1, "a response without its date")
        if method == "HEAD" || response.status == 204 || response.status == 304 {
            promise(method == "HEAD" || (lengths.isEmpty && codings.isEmpty), "a length without a body")
            response.isComplete = true
            return response
        }
        promise(lengths.count + codings.count <= 1, "two lengths")
        if let length = lengths.first {
            promise(!length.isEmpty && length.utf8.allSatisfy { (0x30...0x39).contains($0) }, "a length: \(length)")
            let count = Int(length) ?? 0
            response.body = Array(self.rest.prefix(count))
            response.isComplete = response.body.count == count
            self.rest = self.rest.dropFirst(count)
        } else if let coding = codings.first {
            promise(coding == "chunked", "a transfer coding: \(coding)")
            self.readChunks(&response)
        } else {
            promise(response["connection"] == ["close"], "a response without an end")
            response.body = Array(self.rest)
            response.isComplete = true
            self.rest = []
        }
        return response
    }

    private mutating func readChunks(_ response: inout WireResponse) {
        while let size = self.line() {
            guard let count = Int(size, radix: 16) else { finding("a chunk size: \(size)") }
            response.body += self.rest.prefix(count)
            self.rest = self.rest.dropFirst(count)
            // An unfinished chunk is the end of what there is.
            guard !self.rest.isEmpty else { return }
            promise(self.line() == "", "a chunk that does not end")
            response.isComplete = count == 0
            if response.isComplete { return }
        }
    }

    /// The next line without its end; nil, and nothing left, when it is not whole.
    private mutating func line() -> String? {
        guard let end = self.rest.firstIndex(of: UInt8(ascii: "\n")) else {
            self.rest = []
            return nil
        }
        let line = self.rest[..<end]
        promise(line.last == UInt8(ascii: "\r"), "a line that ends in LF alone")
        promise(!line.dropLast().contains(UInt8(ascii: "\r")), "a CR within a line")
        self.rest = self.rest[(end + 1)...]
        return String(decoding: line.dropLast(), as: UTF8.self)
    }
}
