import CCurl

/// One libcurl multi handle: many transfers and the connections they share.
///
/// Belongs to the transfer thread, but for ``wake()``.
@safe
final class MultiHandle: @unchecked Sendable {  // curl_multi_wakeup(3) is for any thread; the rest stays on one.
    private let raw: UnsafeMutableRawPointer

    /// - Throws: ``TransportSetupError`` when libcurl cannot be initialised.
    init(maximumConnections: Int) throws(TransportSetupError) {
        guard MultiHandle.isLibraryReady, let raw = unsafe curl_multi_init() else {
            throw TransportSetupError("libcurl cannot be initialised")
        }
        unsafe self.raw = raw
        // Limits that libcurl cannot refuse: the values are positive.
        _ = unsafe ccurl_multi_set_long(raw, CURLMOPT_MAX_HOST_CONNECTIONS, max(1, maximumConnections))
        _ = unsafe ccurl_multi_set_long(raw, CURLMOPT_MAXCONNECTS, max(1, maximumConnections))
    }

    deinit { unsafe curl_multi_cleanup(self.raw) }

    /// Once for the process, before any other thread uses libcurl (curl_global_init(3)).
    private static let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// - Returns: false when libcurl refuses, which it does for lack of memory only.
    func add(_ handle: EasyHandle) -> Bool { unsafe curl_multi_add_handle(self.raw, handle.raw) == CURLM_OK }
    func remove(_ handle: EasyHandle) { unsafe curl_multi_remove_handle(self.raw, handle.raw) }

    /// Does what can be done without waiting.
    func perform() {
        var running: Int32 = 0
        unsafe curl_multi_perform(self.raw, &running)
    }

    /// Waits for a socket, a time-out of libcurl's, ``wake()``, or as long as this.
    func poll(milliseconds: Int32) { unsafe curl_multi_poll(self.raw, nil, 0, milliseconds, nil) }

    /// Ends the wait under way, or else the next one.
    ///
    /// For any thread.
    func wake() { unsafe curl_multi_wakeup(self.raw) }

    /// The next transfer that has ended: the address of its handle, and how it ended.
    func nextFinished() -> (handle: UInt, result: CURLcode)? {
        var left: Int32 = 0
        while let message = unsafe curl_multi_info_read(self.raw, &left) {
            guard unsafe message.pointee.msg == CURLMSG_DONE else { continue }
            return (unsafe UInt(bitPattern: message.pointee.easy_handle), unsafe ccurl_message_result(message))
        }
        return nil
    }
}
