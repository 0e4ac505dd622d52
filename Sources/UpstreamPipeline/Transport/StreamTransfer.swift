import CCurl
import Glibc
import NIOCore
import NIOHTTP1
import Streaming

/// The streamed transfers that have something to tell in this round.
final class ReadyList { var transfers: [StreamTransfer] = [] }

/// One streamed transfer under way.
///
/// Belongs to the transfer thread. libcurl holds a pointer to it until its handle is reset or serves another.
@safe
final class StreamTransfer: RunningTransfer {
    var id: Int { self.order.id }
    let handle: EasyHandle
    private let order: StreamOrder
    private let headers: HeaderList
    private let settings: TransferSettings
    private let ready: ReadyList
    private let answer: BodyPipe
    private let upload: BodyPipe?
    private var collector: HeadCollector
    private var uploadFailure: BodyFailure?
    private var uploadTrailers: HTTPHeaders = [:]
    private var isReady = false
    private var isToldOf = false
    /// What came of the body in this round; it goes on as one piece.
    private var gathered = ByteBuffer()
    private var isSendingPaused = false
    private var isReceivingPaused = false
    private var isRequestWhole: Bool
    /// Bytes of the answer's body so far.
    private var receivedBytes = 0
    /// When something last moved.
    private var lastProgress: MonotonicTime

    /// Sets `handle`, which must be fresh, reset or prepared, up for the order's request.
    init(_ order: StreamOrder, handle: EasyHandle, settings: TransferSettings, ready: ReadyList)
        throws(PipelineError)
    {
        let request = order.request
        self.order = order
        self.handle = handle
        self.settings = settings
        self.ready = ready
        let configuration = settings.configuration
        self.collector = HeadCollector(
            maximumBytes: configuration.maximumHeaderBytes, maximumCount: configuration.maximumHeaderCount)
        self.answer = BodyPipe(limitBytes: configuration.streamBufferBytes)
        self.headers = try StreamTransfer.lines(of: request)
        // HEAD has no body that means anything, and libcurl sends none with it.
        if case .pipe(let pipe, _) = request.body, request.method != "HEAD" {
            self.upload = pipe
        } else {
            self.upload = nil
        }
        self.isRequestWhole = self.upload == nil
        self.lastProgress = .now()
        let isPrepared = handle.isPrepared
        handle.isPrepared = false
        if !isPrepared { try StreamTransfer.prepare(handle, settings) }
        try handle.set(CURLOPT_REQUEST_TARGET, try settings.origin.checked(target: request.target))
        try self.headers.attach(to: handle)
        try self.setMethod(request)
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        try unsafe handle.set(CURLOPT_HEADERDATA, pointer: context)
        try unsafe handle.set(CURLOPT_WRITEDATA, pointer: context)
        if self.upload != nil { try unsafe self.setUpload(request, context: context) }
        handle.isPrepared = request.method == "GET" && self.upload == nil
    }

    /// Sets what all streams have in common.
    private static func prepare(_ handle: EasyHandle, _ settings: TransferSettings) throws(PipelineError) {
        try settings.applyStreaming(to: handle)
        try unsafe handle.set(CURLOPT_HEADERFUNCTION, callback: receiveHeader)
        try unsafe handle.set(CURLOPT_WRITEFUNCTION, callback: receiveBody)
    }

    /// Has the pipes wake the thread when there is something to do; the transfer must have been started.
    func listen() {
        let order = self.order
        self.upload?.onArrival { order.resumeSending() }
        self.answer.onRoom { order.resumeReceiving() }
        self.answer.onEnd { order.cancel() }
    }

    private func setMethod(_ request: StreamRequest) throws(PipelineError) {
        guard TokenSyntax.isToken(request.method) else { throw .invalid("the request's method is not a method") }
        let isReuseSafe = self.upload == nil && StreamTransfer.repeatable.contains(request.method)
        // libcurl repeats a request by itself when a kept connection turns out dead; a new one rules that out.
        try self.handle.set(CURLOPT_FRESH_CONNECT, isReuseSafe ? 0 : 1)
        if request.method == "HEAD" { return try self.handle.set(CURLOPT_NOBODY, 1) }
        if request.method != "GET" || self.upload != nil { try self.handle.set(CURLOPT_CUSTOMREQUEST, request.method) }
    }

    /// Methods a repeat of which does no more than the first (RFC 9110, section 9.2.2).
    private static let repeatable: Set<String> = ["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"]

    private func setUpload(_ request: StreamRequest, context: UnsafeMutableRawPointer) throws(PipelineError) {
        guard case .pipe(_, let length) = request.body else { return }
        try self.handle.set(CURLOPT_UPLOAD, 1)
        try self.handle.set(CURLOPT_CUSTOMREQUEST, request.method)
        try self.handle.set(CURLOPT_INFILESIZE_LARGE, offset: length ?? -1)
        try unsafe self.handle.set(CURLOPT_READFUNCTION, callback: sendBody)
        try unsafe self.handle.set(CURLOPT_READDATA, pointer: context)
        guard length == nil else { return }
        try unsafe self.handle.setTrailers(sendTrailers, context: context)
    }

    private static func lines(of request: StreamRequest) throws(PipelineError) -> HeaderList {
        var list = HeaderList()
        // libcurl's own headers, unless the request has them.
        try list.append("Expect:")
        if !request.headers.contains(name: "accept") { try list.append("Accept:") }
        for (name, value) in request.headers {
            guard TokenSyntax.isToken(name), TokenSyntax.isFieldValue(value) else {
                throw .invalid("a header of the request cannot be sent")
            }
            // libcurl takes a name without a value for an order to leave the header out.
            try list.append(value.isEmpty ? "\(name);" : "\(name): \(value)")
        }
        return list
    }
}

// MARK: What the loop wants of it

extension StreamTransfer {
    /// Tells of what has come: after libcurl has done all it can at once, so that a small answer comes in one.
    func tell() {
        self.isReady = false
        self.passOn()
        guard self.collector.isComplete, !self.isToldOf else { return }
        self.isToldOf = true
        self.order.onHead(.success(StreamAnswer(head: self.collector.head, body: self.answer)))
        self.stopSending()
    }

    private func passOn() {
        guard self.gathered.readableBytes > 0 else { return }
        _ = self.answer.write(self.gathered)
        self.gathered = ByteBuffer()
    }

    private func becomeReady() {
        guard !self.isReady else { return }
        self.isReady = true
        self.ready.transfers.append(self)
    }

    /// Whether the answer is a refusal that came, whole, before the request was.
    ///
    /// libcurl would go on to wait for the rest of a body that nobody wants.
    var isRefusedEarly: Bool {
        guard self.collector.isComplete, !self.isRequestWhole, self.collector.head.status >= 300 else { return false }
        return self.collector.head.status == 304 || self.collector.head.contentLength == self.receivedBytes
    }

    func resumeSending() {
        guard self.isSendingPaused else { return }
        self.isSendingPaused = false
        self.unpause()
    }

    private var isRefusedWithoutLength: Bool {
        self.collector.isComplete && self.collector.head.status >= 300 && self.collector.head.contentLength == nil
    }

    /// An answer has come that makes the rest of the request pointless.
    private func stopSending() {
        guard self.isRefusedWithoutLength, self.isSendingPaused else { return }
        self.resumeSending()
    }

    func resumeReceiving() {
        guard self.isReceivingPaused else { return }
        self.isReceivingPaused = false
        self.unpause()
    }

    private func unpause() {
        self.lastProgress = .now()
        // libcurl may call back before this returns.
        self.handle.pause(
            (self.isReceivingPaused ? CURLPAUSE_RECV : 0) | (self.isSendingPaused ? CURLPAUSE_SEND : 0))
    }

    /// Why it must be given up now, if it must: the upstream has been silent for too long.
    func hasExpired(at now: MonotonicTime) -> Bool {
        // A wait for our own side is none for the upstream.
        guard !self.isReceivingPaused, !self.isSendingPaused else { return false }
        let configuration = self.settings.configuration
        let limit = self.collector.isComplete ? configuration.idleTimeout : configuration.firstByteTimeout
        return now.elapsed(since: self.lastProgress) > limit
    }

    func finish(_ end: TransferEnd) {
        self.order.end()
        self.upload?.close()
        switch end {
        // An answer without a head that is whole is none.
        case .result(CURLE_OK) where self.collector.isComplete:
            self.passOn()
            self.answer.finish(trailers: TrailerFields.passable(self.collector.takeTrailers()))
            self.tell()
        case .result(let code):
            if let uploadFailure { return self.fail(.request(uploadFailure)) }
            self.fail(
                .exchange(
                    streamFailure(code, self.collector, wasSent: self.handle.number(CURLINFO_REQUEST_SIZE) > 0)))
        case .expired: self.fail(.exchange(.answerTimedOut))
        case .cancelled: self.fail(.exchange(.cancelled))
        case .shuttingDown: self.fail(.exchange(.shuttingDown))
        }
    }

    private func fail(_ error: StreamError) {
        let isTimeout = if case .exchange(.answerTimedOut) = error { true } else { false }
        // What came before the break reaches the client.
        self.passOn()
        self.answer.fail(isTimeout ? .timedOut : .cutOff, keepsQueued: self.isToldOf)
        guard !self.isToldOf else { return }
        self.isToldOf = true
        self.order.onHead(.failure(error))
    }
}

// MARK: What libcurl wants of it

extension StreamTransfer {
    fileprivate func takeHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
        self.lastProgress = .now()
        let isTaken = unsafe self.collector.take(bytes)
        if let interim = self.collector.takeInterim(), interim.status > 101 { self.order.request.onInterim?(interim) }
        if self.collector.isComplete, !self.isToldOf { self.becomeReady() }
        return isTaken
    }

    fileprivate func takeBody(_ bytes: UnsafeRawBufferPointer) -> Int {
        // What comes without a head is no body.
        guard self.collector.isComplete else { return 0 }
        // While reading from the socket libcurl may still hold some that it read before.
        guard !self.answer.isFull, self.gathered.readableBytes < self.answer.limitBytes else {
            self.isReceivingPaused = true
            return Int(CURL_WRITEFUNC_PAUSE)
        }
        guard self.answer.isOpen else { return 0 }
        self.lastProgress = .now()
        self.receivedBytes += bytes.count
        self.becomeReady()
        if self.gathered.capacity == 0 { self.gathered.reserveCapacity(self.expectedBytes(bytes.count)) }
        unsafe self.gathered.writeBytes(bytes)
        return bytes.count
    }

    /// What one round may bring, given its first piece.
    private func expectedBytes(_ piece: Int) -> Int {
        guard let length = self.collector.head.contentLength else { return piece }
        return max(piece, min(length - self.receivedBytes + piece, TransferSettings.streamingBufferBytes))
    }

    fileprivate func giveBody(_ target: UnsafeMutableRawBufferPointer) -> Int {
        guard let upload else { return Int(CURL_READFUNC_ABORT) }
        // A refusal without a length ends when the request does.
        guard !self.isRefusedWithoutLength else { return 0 }
        switch upload.read(maximumBytes: target.count) {
        case .bytes(let bytes):
            self.lastProgress = .now()
            unsafe bytes.withUnsafeReadableBytes { unsafe target.copyMemory(from: $0) }
            return bytes.readableBytes
        case .wait:
            self.isSendingPaused = true
            return Int(CURL_READFUNC_PAUSE)
        case .end(let trailers):
            self.isRequestWhole = true
            self.uploadTrailers = trailers
            self.lastProgress = .now()
            return 0
        case .failed(let failure):
            self.uploadFailure = failure
            return Int(CURL_READFUNC_ABORT)
        }
    }

    /// - Returns: nil when there is no memory for them.
    fileprivate func trailerLines() -> UnsafeMutablePointer<curl_slist>?? {
        var list: UnsafeMutablePointer<curl_slist>?
        for (name, value) in self.uploadTrailers where TokenSyntax.isToken(name) && TokenSyntax.isFieldValue(value) {
            guard let longer = unsafe curl_slist_append(list, "\(name): \(value)") else {
                unsafe curl_slist_free_all(list)
                return nil
            }
            unsafe list = longer
        }
        return unsafe .some(list)
    }
}

extension PipelineError {
    fileprivate static func invalid(_ message: String) -> PipelineError {
        PipelineError(.invalidArguments, origin: .gateway, status: 400, message: message)
    }
}

private func transfer(_ context: UnsafeMutableRawPointer) -> StreamTransfer {
    unsafe Unmanaged<StreamTransfer>.fromOpaque(context).takeUnretainedValue()
}

/// libcurl takes any result but the whole length for an order to stop.
private let receiveHeader: curl_write_callback = { data, size, count, context in
    guard let data = unsafe data, let context = unsafe context else { return 0 }
    let bytes = unsafe UnsafeRawBufferPointer(start: data, count: size * count)
    return unsafe transfer(context).takeHeader(bytes) ? bytes.count : 0
}

private let receiveBody: curl_write_callback = { data, size, count, context in
    guard let context = unsafe context else { return 0 }
    return unsafe transfer(context).takeBody(UnsafeRawBufferPointer(start: data, count: size * count))
}

private let sendBody: curl_read_callback = { data, size, count, context in
    guard let data = unsafe data, let context = unsafe context else { return Int(CURL_READFUNC_ABORT) }
    return unsafe transfer(context).giveBody(UnsafeMutableRawBufferPointer(start: data, count: size * count))
}

private let sendTrailers: curl_trailer_callback = { list, context in
    guard let list = unsafe list, let context = unsafe context,
        let lines = unsafe transfer(context).trailerLines()
    else { return CURL_TRAILERFUNC_ABORT }
    unsafe list.pointee = lines
    return CURL_TRAILERFUNC_OK
}
