import CCurl
import Glibc
import Streaming

/// Carries out transfers on the one thread that calls ``run()``.
final class TransferLoop {
    private let multi: MultiHandle
    private let inbox: TransferInbox
    private let settings: TransferSettings
    /// By the address of their handle, which is what libcurl names a finished transfer with.
    private var running: [UInt: any RunningTransfer] = [:]
    /// Those of them whose bodies pass through in pieces.
    private var streams: [Int: StreamTransfer] = [:]
    private let ready = ReadyList()
    private var handles: [Int: UInt] = [:]
    /// By the address of their transfer's handle.
    private var checks: [UInt: ReuseCheck] = [:]
    private let connections = KnownConnections()
    private var idle: [EasyHandle] = []
    /// Set up for streams that ask for something and send nothing, as most do.
    private var prepared: [EasyHandle] = []
    private static let pauseMicroseconds: UInt32 = 1000
    private static let mostPauses = 5
    private var lastSweep = MonotonicTime.now()

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
                case .startStream(let order): self.start(order)
                case .resumeSending(let id): self.streams[id]?.resumeSending()
                case .resumeReceiving(let id): self.streams[id]?.resumeReceiving()
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
            while let (handle, result) = self.multi.nextFinished() { self.finish(handle, result) }
            let ready = self.ready.transfers
            self.ready.transfers.removeAll(keepingCapacity: true)
            for stream in ready {
                stream.tell()
                guard stream.isRefusedEarly, let handle = self.handles[stream.id] else { continue }
                self.finish(handle, .result(CURLE_OK))
            }
            self.giveUpSilent()
            guard self.inbox.mayRest() else { continue }
            self.multi.poll(milliseconds: self.streams.isEmpty ? 60_000 : self.settings.sweepMilliseconds)
        }
        for handle in Array(self.running.keys) { self.finish(handle, .shuttingDown) }
    }

    private func start(_ order: TransferOrder) {
        do throws(PipelineError) {
            _ = try self.start(id: order.id, try self.handle()) { (handle) throws(PipelineError) in
                try Transfer(order, handle: handle, settings: self.settings)
            }
        } catch {
            order.waiter.resume(returning: .failure(error))
        }
    }

    private func start(_ order: StreamOrder) {
        do throws(PipelineError) {
            let handle = if let prepared = self.prepared.popLast() { prepared } else { try self.handle() }
            let transfer = try self.start(id: order.id, handle) { (handle) throws(PipelineError) in
                try StreamTransfer(order, handle: handle, settings: self.settings, ready: self.ready)
            }
            self.streams[order.id] = transfer
            transfer.listen()
        } catch {
            order.refuse(error.origin == .gateway && error.status == 400 ? .invalidRequest : .noMemory)
        }
    }

    private func start<T: RunningTransfer>(
        id: Int, _ handle: EasyHandle, _ make: (EasyHandle) throws(PipelineError) -> T
    ) throws(PipelineError) -> T {
        do throws(PipelineError) {
            let transfer: T
            let check = ReuseCheck(handle, among: self.connections, isPlain: self.settings.origin.isPlain)
            do throws(PipelineError) {
                transfer = try make(handle)
                try check.attach()
            } catch {
                self.recycle(handle)
                throw error
            }
            guard self.multi.add(handle) else {
                throw PipelineError(.badResponse, origin: .gateway, status: 500, message: "no memory for a request")
            }
            let address = unsafe UInt(bitPattern: handle.raw)
            self.running[address] = transfer
            self.handles[id] = address
            self.checks[address] = check
            self.connections.add(check)
            return transfer
        } catch {
            var error = error
            error.mayHaveArrived = false
            throw error
        }
    }

    /// Ends the streamed transfers whose upstream has been silent for too long; looks now and then only.
    private func giveUpSilent() {
        guard !self.streams.isEmpty else { return }
        let now = MonotonicTime.now()
        guard now.elapsed(since: self.lastSweep) >= .milliseconds(self.settings.sweepMilliseconds) else { return }
        self.lastSweep = now
        for (id, stream) in self.streams {
            guard stream.hasExpired(at: now), let handle = self.handles[id] else { continue }
            self.finish(handle, .expired)
        }
    }

    private func cancel(_ id: Int) {
        guard let handle = self.handles[id] else { return }
        self.finish(handle, .cancelled)
    }

    private func finish(_ address: UInt, _ result: CURLcode) {
        guard let transfer = self.running[address], self.checks[address]?.takeRetry(result) ?? false else {
            return self.finish(address, .result(result))
        }
        // Nothing was sent yet.
        self.multi.remove(transfer.handle)
        do throws(PipelineError) { try transfer.handle.set(CURLOPT_FRESH_CONNECT, 1) } catch {
            return self.finish(address, .result(result))
        }
        if !self.multi.add(transfer.handle) { self.finish(address, .result(CURLE_OUT_OF_MEMORY)) }
    }

    private func finish(_ address: UInt, _ end: TransferEnd) {
        guard let transfer = self.running.removeValue(forKey: address) else { return }
        self.handles[transfer.id] = nil
        self.streams[transfer.id] = nil
        self.multi.remove(transfer.handle)
        if let check = self.checks.removeValue(forKey: address) { self.connections.remove(check) }
        transfer.finish(end)
        self.recycle(transfer.handle)
    }

    private func handle() throws(PipelineError) -> EasyHandle {
        if let kept = self.idle.popLast() { return kept }
        return try EasyHandle()
    }

    private func recycle(_ handle: EasyHandle) {
        guard handle.isReusable else { return }
        let isRoom = self.idle.count + self.prepared.count < self.settings.configuration.maximumConnections
        if handle.isPrepared {
            if isRoom { self.prepared.append(handle) }
        } else {
            handle.reset()
            if isRoom { self.idle.append(handle) }
        }
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
