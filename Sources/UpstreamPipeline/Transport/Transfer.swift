import CCurl
import Glibc
import NIOCore
import TokenVault

/// One transfer under way: its handle, what libcurl reads from while it runs, and what has come back.
///
/// Belongs to the transfer thread. libcurl holds a pointer to it from `init` until its handle is reset.
@safe
final class Transfer: RunningTransfer {
    var id: Int { self.order.id }
    let order: TransferOrder
    let handle: EasyHandle
    private let headers: HeaderList
    private let body: UnsafeMutableRawBufferPointer
    private var collector: ResponseCollector

    /// Sets `handle`, which must be fresh or reset, up for the order's request.
    init(_ order: TransferOrder, handle: EasyHandle, settings: TransferSettings) throws(PipelineError) {
        let request = order.request
        self.order = order
        self.handle = handle
        self.headers = try Transfer.headers(of: request)
        unsafe self.body = Transfer.copy(of: request)
        self.collector = ResponseCollector(
            maximumHeaderBytes: settings.configuration.maximumHeaderBytes,
            maximumHeaderCount: settings.configuration.maximumHeaderCount,
            maximumBodyBytes: settings.configuration.maximumResponseBytes)
        try settings.apply(to: handle)
        try handle.set(CURLOPT_URL, settings.origin.url(target: request.target))
        try self.headers.attach(to: handle)
        try self.setMethod(request)
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        try unsafe handle.set(CURLOPT_HEADERFUNCTION, callback: receiveHeader)
        try unsafe handle.set(CURLOPT_HEADERDATA, pointer: context)
        try unsafe handle.set(CURLOPT_WRITEFUNCTION, callback: receiveBody)
        try unsafe handle.set(CURLOPT_WRITEDATA, pointer: context)
    }

    deinit {
        if let bytes = unsafe self.body.baseAddress { unsafe explicit_bzero(bytes, self.body.count) }
        unsafe self.body.deallocate()
    }

    func finish(_ end: TransferEnd) {
        let outcome: TransferOrder.Outcome =
            switch end {
            case .result(let code): self.outcome(code)
            // libcurl watches the time of these itself.
            case .cancelled, .expired: .failure(.cancelled)
            case .shuttingDown: .failure(.shuttingDown)
            }
        self.order.waiter.resume(returning: outcome)
    }

    private func outcome(_ code: CURLcode) -> TransferOrder.Outcome {
        let progress = TransferProgress(
            hasAnswerBegun: self.collector.hasBegun, wasRequestSent: self.handle.number(CURLINFO_REQUEST_SIZE) > 0,
            refusal: self.collector.refusal)
        let status = self.handle.number(CURLINFO_RESPONSE_CODE)
        if let error = pipelineError(code, progress) { return .failure(error) }
        return .success(
            TransportResponse(status: status, headers: self.collector.headers, body: self.collector.body))
    }

    private func setMethod(_ request: TransportRequest) throws(PipelineError) {
        guard !request.method.isEmpty, request.method.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
            throw PipelineError(
                .invalidArguments, origin: .gateway, status: 400, message: "the request's method is not a method")
        }
        guard request.method != "GET" || request.body != nil else { return }
        // libcurl repeats a request by itself when a kept connection turns out dead; a new one rules that out.
        try self.handle.set(CURLOPT_FRESH_CONNECT, request.method == "GET" || request.method == "HEAD" ? 0 : 1)
        if request.method == "HEAD" { return try self.handle.set(CURLOPT_NOBODY, 1) }
        try self.handle.set(CURLOPT_CUSTOMREQUEST, request.method)
        guard request.body != nil else { return }
        try self.handle.set(CURLOPT_POSTFIELDSIZE_LARGE, offset: unsafe self.body.count)
        try unsafe self.handle.set(CURLOPT_POSTFIELDS, pointer: self.body.baseAddress)
    }

    private static func headers(of request: TransportRequest) throws(PipelineError) -> HeaderList {
        var list = HeaderList()
        try list.append("Accept: application/json, text/*;q=0.5")
        try list.append("Expect:")
        if request.body != nil { try list.append(Transfer.field("Content-Type", request.contentType)) }
        if let tag = request.entityTag { try list.append(Transfer.field("If-None-Match", tag)) }
        if let line = try request.token?.reveal(Transfer.authorization) { try list.append(line) }
        return list
    }

    /// - Throws: `.invalidArguments` for a value that would end its line.
    private static func field(_ name: String, _ value: String) throws(PipelineError) -> String {
        guard !value.isEmpty, TokenSyntax.isFieldValue(value) else {
            throw PipelineError(
                .invalidArguments, origin: .caller, status: 400, message: "the request's \(name) is not a header value")
        }
        return "\(name): \(value)"
    }

    /// - Throws: `.notLoggedIn` for a token that could not stand in a header (RFC 6750 section 2.1).
    private static func authorization(_ token: String) throws(PipelineError) -> String {
        guard !token.isEmpty, token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw PipelineError(
                .notLoggedIn, origin: .caller, status: 401, message: "the token is not a bearer token",
                hint: CallGate.loginHint)
        }
        return "Authorization: Bearer " + token
    }

    private static func copy(of request: TransportRequest) -> UnsafeMutableRawBufferPointer {
        guard let body = request.body else { return unsafe UnsafeMutableRawBufferPointer(start: nil, count: 0) }
        return unsafe body.reveal { bytes in
            // Never of length 0: libcurl takes a null pointer for “read the body from a callback”.
            let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
            unsafe copy.copyBytes(from: bytes)
            return unsafe copy
        }
    }

    fileprivate func takeHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
        unsafe self.collector.takeHeader(bytes)
    }
    fileprivate func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool { unsafe self.collector.takeBody(bytes) }
}

/// libcurl takes any result but the whole length for an order to stop.
private let receiveHeader: curl_write_callback = { data, size, count, context in
    guard let data = unsafe data, let context = unsafe context else { return 0 }
    let transfer = unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    let bytes = unsafe UnsafeRawBufferPointer(start: data, count: size * count)
    return unsafe transfer.takeHeader(bytes) ? bytes.count : 0
}

private let receiveBody: curl_write_callback = { data, size, count, context in
    guard let context = unsafe context else { return 0 }
    let transfer = unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    let bytes = unsafe UnsafeRawBufferPointer(start: data, count: size * count)
    return unsafe transfer.takeBody(bytes) ? bytes.count : 0
}
