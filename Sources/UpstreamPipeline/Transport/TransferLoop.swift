import CCurl
import Glibc

/// Carries out transfers on the one thread that calls ``run()``.
final class TransferLoop {
    private let multi: MultiHandle
    private let inbox: TransferInbox
    private let settings: TransferSettings
    /// By the address of their handle, which is what libcurl names a finished transfer with.
    private var running: [UInt: Transfer] = [:]
    private var handles: [Int: UInt] = [:]
    private var idle: [EasyHandle] = []
    private static let pauseMicroseconds: UInt32 = 1000
    private static let mostPauses = 5

    init(multi: MultiHandle, inbox: TransferInbox, settings: TransferSettings) {
        self.multi = multi
        self.inbox = inbox
        self.settings = settings
    }

    /// Returns when the inbox is stopped and every transfer has ended.
    func run() {
        var pauses = 0
        while true {
            let (commands, isStopping) = self.inbox.take()
            var isGivingUp = false
            for command in commands {
                switch command {
                case .start(let order): self.start(order)
                case .cancel(let id):
                    self.cancel(id)
                    isGivingUp = true
                }
            }
            if isStopping { break }
            // Calls are given up in bunches, such as those of a run that ends: the connection of the first must not go
            // to one that is given up a moment later, which would cost the upstream a request for nothing.
            if isGivingUp, pauses < Self.mostPauses {
                pauses += 1
                usleep(Self.pauseMicroseconds)
                continue
            }
            pauses = 0
            self.multi.perform()
            while let (handle, result) = self.multi.nextFinished() { self.finish(handle) { $0.end(result) } }
            self.multi.poll()
        }
        for handle in Array(self.running.keys) { self.finish(handle) { _ in .failure(.shuttingDown) } }
    }

    private func start(_ order: TransferOrder) {
        do throws(PipelineError) {
            let handle = try self.handle()
            let transfer: Transfer
            do throws(PipelineError) {
                transfer = try Transfer(order, handle: handle, settings: self.settings)
            } catch {
                self.recycle(handle)
                throw error
            }
            guard self.multi.add(handle) else {
                throw PipelineError(.badResponse, origin: .gateway, status: 500, message: "no memory for a request")
            }
            let address = unsafe UInt(bitPattern: handle.raw)
            self.running[address] = transfer
            self.handles[order.id] = address
        } catch {
            var error = error
            error.mayHaveArrived = false
            order.waiter.resume(returning: .failure(error))
        }
    }

    private func cancel(_ id: Int) {
        guard let handle = self.handles[id] else { return }
        self.finish(handle) { _ in .failure(.cancelled) }
    }

    private func finish(_ address: UInt, _ outcome: (Transfer) -> TransferOrder.Outcome) {
        guard let transfer = self.running.removeValue(forKey: address) else { return }
        self.handles[transfer.order.id] = nil
        self.multi.remove(transfer.handle)
        let outcome = outcome(transfer)
        self.recycle(transfer.handle)
        transfer.order.waiter.resume(returning: outcome)
    }

    private func handle() throws(PipelineError) -> EasyHandle {
        if let kept = self.idle.popLast() { return kept }
        return try EasyHandle()
    }

    private func recycle(_ handle: EasyHandle) {
        handle.reset()
        if self.idle.count < self.settings.configuration.maximumConnections { self.idle.append(handle) }
    }
}

extension PipelineError {
    static var shuttingDown: PipelineError {
        var error = PipelineError(
            .unreachable, origin: .gateway, status: 503, message: "the gateway is shutting down")
        error.mayPass = false
        return error
    }
}
