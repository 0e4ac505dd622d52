import CCurl

/// One libcurl easy handle: the settings of one transfer at a time.
///
/// Used by one thread only.
@safe
final class EasyHandle {
    let raw: UnsafeMutableRawPointer
    /// Whether it may serve another transfer once it is reset.
    ///
    /// curl_easy_reset(3) leaves behind how far the trailers of an upload had come; the next upload in chunks would
    /// write in front of its buffer.
    private(set) var isReusable = true
    /// Whether it keeps the settings of a stream that sends no body, of which the next such stream changes only its own.
    var isPrepared = false

    init() throws(PipelineError) {
        guard let raw = unsafe curl_easy_init() else {
            throw PipelineError(.badResponse, origin: .gateway, status: 500, message: "no memory for a request")
        }
        unsafe self.raw = raw
    }

    deinit { unsafe curl_easy_cleanup(self.raw) }

    /// Forgets every setting; connections, sessions and names stay known.
    func reset() { unsafe curl_easy_reset(self.raw) }

    func set(_ option: CURLoption, _ value: Int) throws(PipelineError) {
        try EasyHandle.check(unsafe ccurl_set_long(self.raw, option, value))
    }
    func set(_ option: CURLoption, offset value: Int) throws(PipelineError) {
        try EasyHandle.check(unsafe ccurl_set_offset(self.raw, option, curl_off_t(value)))
    }
    /// libcurl copies the text.
    func set(_ option: CURLoption, _ text: String) throws(PipelineError) {
        try EasyHandle.check(unsafe ccurl_set_string(self.raw, option, text))
    }
    /// libcurl keeps the pointer.
    @unsafe
    func set(_ option: CURLoption, pointer: UnsafeMutableRawPointer?) throws(PipelineError) {
        try EasyHandle.check(unsafe ccurl_set_pointer(self.raw, option, pointer))
    }
    @unsafe
    func set(_ option: CURLoption, callback: @escaping curl_write_callback) throws(PipelineError) {
        try EasyHandle.check(unsafe ccurl_set_callback(self.raw, option, callback))
    }
    @unsafe
    func setHeaders(_ list: UnsafeMutablePointer<curl_slist>?) throws(PipelineError) {
        try EasyHandle.check(unsafe ccurl_set_list(self.raw, CURLOPT_HTTPHEADER, list))
    }

    /// - Parameter context: libcurl keeps the pointer.
    @unsafe
    func setTrailers(_ callback: @escaping curl_trailer_callback, context: UnsafeMutableRawPointer)
        throws(PipelineError)
    {
        self.isReusable = false
        try EasyHandle.check(unsafe ccurl_set_trailers(self.raw, callback, context))
    }

    /// - Parameters:
    ///   - callback: called when a connection is there, before the request is sent on it.
    ///   - madeSocket: called for each new socket.
    ///   - context: libcurl keeps the pointer.
    @unsafe
    func setPrerequisite(
        _ callback: @escaping curl_prereq_callback, madeSocket: @escaping curl_sockopt_callback,
        context: UnsafeMutableRawPointer
    ) throws(PipelineError) {
        try EasyHandle.check(unsafe ccurl_set_prerequisite(self.raw, callback, madeSocket, context))
    }

    /// Sets which directions rest (curl_easy_pause(3)); a failure shows when the transfer goes on.
    func pause(_ directions: Int32) { unsafe curl_easy_pause(self.raw, directions) }

    func number(_ info: CURLINFO) -> Int {
        var value = 0
        return unsafe ccurl_get_long(self.raw, info, &value) == CURLE_OK ? value : 0
    }

    /// curl_easy_setopt(3) fails for lack of memory, for options this libcurl was built without, and for bad values.
    private static func check(_ code: CURLcode) throws(PipelineError) {
        guard code != CURLE_OK else { return }
        throw PipelineError(
            .badResponse, origin: .gateway, status: 500, message: "libcurl refused a setting (\(code.rawValue))")
    }
}
