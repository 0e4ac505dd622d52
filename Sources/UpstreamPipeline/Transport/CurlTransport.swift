import Streaming
import Synchronization
import TokenVault

/// Exchanges with the upstream by libcurl, all on one thread that no Swift task ever waits on.
package final class CurlTransport: Transport, StreamTransport {
    private let inbox: TransferInbox
    private let nextID = Atomic(0)
    private let thread: Mutex<TransferThread?>

    /// Starts the thread.
    ///
    /// - Throws: ``TransportSetupError`` when address or authority file cannot be used.
    package init(configuration: PipelineConfiguration) throws(TransportSetupError) {
        let settings = try TransferSettings(configuration)
        let multi = try MultiHandle(maximumConnections: configuration.maximumConnections)
        let inbox = TransferInbox(waking: multi)
        self.inbox = inbox
        let thread = try TransferThread {
            TransferLoop(multi: multi, inbox: inbox, settings: settings).run()
        }
        self.thread = Mutex(thread)
    }

    deinit { self.shutdown() }

    package func exchange(_ request: TransportRequest) async throws(PipelineError) -> TransportResponse {
        let id = self.nextID.add(1, ordering: .relaxed).newValue
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                let order = TransferOrder(id: id, request: request, waiter: waiter)
                guard self.inbox.post(.start(order)) else {
                    waiter.resume(returning: .failure(.shuttingDown))
                    return
                }
                // A cancellation that came before there was anything to cancel.
                if Task.isCancelled { _ = self.inbox.post(.cancel(id)) }
            }
        } onCancel: {
            _ = self.inbox.post(.cancel(id))
        }
        return try outcome.get()
    }

    package func start(
        _ request: StreamRequest, onHead: @escaping @Sendable (Result<StreamAnswer, StreamError>) -> Void
    ) -> any StreamExchange {
        let id = self.nextID.add(1, ordering: .relaxed).newValue
        let order = StreamOrder(id: id, request: request, inbox: self.inbox, onHead: onHead)
        if !self.inbox.post(.startStream(order)) { order.refuse(.shuttingDown) }
        return order
    }

    /// Ends all transfers with an error, closes the connections and waits for the thread; later exchanges fail.
    package func shutdown() {
        guard self.inbox.stop() else { return }
        let thread = self.thread.withLock { $0.take() }
        thread?.join()
    }
}
