import CCurl
import Glibc

/// A list of request header lines for libcurl, wiped before it is freed since one of them may carry a token.
@safe
struct HeaderList: ~Copyable {
    private var first: UnsafeMutablePointer<curl_slist>?

    init() {}

    deinit {
        var node = unsafe self.first
        while let entry = unsafe node {
            if let text = unsafe entry.pointee.data { unsafe explicit_bzero(text, strlen(text)) }
            unsafe node = entry.pointee.next
        }
        unsafe curl_slist_free_all(self.first)
    }

    /// - Throws: when there is no memory.
    mutating func append(_ line: String) throws(PipelineError) {
        guard let list = unsafe curl_slist_append(self.first, line) else {
            throw PipelineError(.badResponse, origin: .gateway, status: 500, message: "no memory for a request")
        }
        unsafe self.first = list
    }

    /// Hands the list to `handle`, which uses it as long as this value lives.
    borrowing func attach(to handle: EasyHandle) throws(PipelineError) {
        try unsafe handle.setHeaders(self.first)
    }
}
