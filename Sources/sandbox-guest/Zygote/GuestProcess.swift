import CQuickJS
import Glibc

/// A forked child: raises the walls, runs one script, ends.
enum GuestProcess {
    static func main(channel descriptor: Int32, parent: pid_t, limits: RunLimits, engine: Engine, lockdown: Lockdown)
        -> Never
    {
        do throws(Lockdown.Failed) {
            try lockdown.raise(channel: descriptor, parent: parent, limits: limits)
        } catch {
            self.report(error, on: descriptor)
            _exit(70)
        }
        var channel = Channel(descriptor: Lockdown.channelDescriptor)
        do throws(Channel.Lost) {
            guard let frame = try channel.receive() else { _exit(0) }
            try self.runScript(frame, limits: limits, engine: engine, channel: &channel)
        } catch { _exit(74) }
        _exit(0)
    }

    /// Runs the script of a start frame and answers on `channel`.
    static func runScript(_ frame: Frame, limits: RunLimits, engine: Engine, channel: inout Channel)
        throws(Channel.Lost)
    {
        var reader = ByteReader(frame.body)
        guard frame.type == .start, let timeout = reader.read(UInt32.self) else { throw Channel.Lost() }
        let source = String(decoding: reader.readRest(), as: UTF8.self)
        unsafe JS_UpdateStackTop(engine.runtime)
        engine.limitHeap(to: limits.memoryBytes)
        // A short run never collects, so that it need not touch, and thereby copy, the zygote's heap.
        unsafe JS_SetGCThreshold(engine.runtime, min(16 << 20, Int(limits.memoryBytes) / 4))
        let run = ScriptRun(source: source, timeoutMilliseconds: timeout, limits: limits, channel: channel)
        engine.run = run
        try run.perform(in: engine)
        engine.run = nil
    }

    private static func report(_ failed: Lockdown.Failed, on descriptor: Int32) {
        let failure = RunFailure(
            .guestLost, "a wall of the sandbox could not be raised: \(failed.wall.rawValue) (error \(failed.number))")
        for candidate in [Lockdown.channelDescriptor, descriptor] {
            var channel = Channel(descriptor: candidate)
            do throws(Channel.Lost) {
                try channel.send(.failure, failure.body)
                return try channel.flush()
            } catch { continue }
        }
    }
}
