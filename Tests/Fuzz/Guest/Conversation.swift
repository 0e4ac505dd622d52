import FuzzSupport
import Glibc
import GuestEngine
import NIOCore

@testable import CodeSandbox

/// One run of a script, led by the decisions of the real host; what the guest says must always be allowed.
struct Conversation {
    private let guest: GuestUnderTest
    private let script: [UInt8]
    private let limits: RunLimits
    private var state: RunState
    private var decoder: FrameDecoder
    private var socket: Int32 = -1
    /// Calls the host has not answered yet; it answers them last first when the guest waits.
    private var held: [(id: UInt32, reply: HostReply)] = []
    private var outcome: RunOutcome?

    /// Well above the time limit of a script, for builtins that cannot be interrupted, under a sanitizer.
    private static let seconds: UInt32 = 15

    init(_ guest: GuestUnderTest, script: [UInt8]) {
        self.guest = guest
        self.script = script
        var configuration = SandboxConfiguration()
        configuration.timeout = .milliseconds(80)
        configuration.memoryBytes = Self.memoryBytes(script)
        configuration.outputBytes = 16 * 1024
        configuration.hostCalls = 8
        configuration.hostCallsInFlight = 3
        self.limits = RunLimits(configuration)
        self.state = RunState(limits: self.limits)
        self.decoder = FrameDecoder(maximumBody: self.limits.largestGuestBody)
    }

    /// A script may begin with `// memory 4000` and so choose its limit, in kilobytes.
    private static func memoryBytes(_ script: [UInt8]) -> Int {
        let mark = Array("// memory ".utf8)
        guard script.starts(with: mark) else { return 24 << 20 }
        let digits = script[mark.count...].prefix(5).prefix { (0x30...0x39).contains($0) }
        return max(Int(String(decoding: digits, as: UTF8.self)) ?? 0, 1) << 10
    }

    mutating func play() throws {
        var pair: (Int32, Int32) = (-1, -1)
        let result = unsafe withUnsafeMutablePointer(to: &pair) { pointer in
            unsafe pointer.withMemoryRebound(to: Int32.self, capacity: 2) {
                unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, $0)
            }
        }
        guard result == 0 else { finding("socketpair: error \(errno)") }
        self.socket = pair.0
        let child = self.guest.fork(
            serving: pair.1, limits: Array(buffer: self.limits.encoded), seconds: Self.seconds)
        guard child > 0 else { finding("fork: error \(errno)") }
        close(pair.1)
        defer { close(self.socket) }
        var start = ByteBuffer()
        start.writeInteger(UInt32(clamping: self.limits.timeoutMilliseconds))
        start.writeBytes(self.script)
        self.send(Frame(.start, body: start))
        while try self.receive() {}
        var status: Int32 = 0
        while unsafe waitpid(child, &status, 0) < 0 && errno == EINTR {}
        promise(status == 0, "the guest ended with wait status \(status)")
        guard let outcome else { finding("the guest ended without an ending") }
        self.check(outcome)
    }

    // MARK: Out

    private func send(_ frame: Frame) {
        let bytes = Array(buffer: frame.encoded)
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe write(self.socket, $0.baseAddress! + sent, $0.count - sent)
            }
            // The guest may have ended in the meantime; how, its wait status tells.
            guard count > 0 || errno == EINTR else { return }
            sent += max(0, count)
        }
    }

    private mutating func answerHeld() {
        while let (id, reply) = self.held.popLast() { self.perform(self.state.reply(to: id, reply)) }
    }

    private mutating func perform(_ actions: [RunState.Action]) {
        for action in actions {
            switch action {
            case .printed: break
            case .send(let frame): self.send(frame)
            case .call(let id, let name, let arguments):
                let json = Array(buffer: arguments)
                promise(["callAPI", "searchTools"].contains(name), "a call of \(name)")
                promise(StrictJSON.accepts(json), "arguments that are not JSON")
                self.held.append((id, Self.reply(to: id, arguments)))
            case .awaitExit: break
            case .kill: break
            case .finish(let outcome):
                promise(self.outcome == nil, "a second ending")
                self.outcome = outcome
            }
        }
    }

    private static func reply(to id: UInt32, _ arguments: ByteBuffer) -> HostReply {
        switch id % 4 {
        case 0:
            .error(
                ByteBuffer(
                    string: #"{"message":"no","status":404,"code":"notFound","retryAfter":1,"hint":"ask","more":[1]}"#))
        case 1: .value(arguments)
        case 2: .value(ByteBuffer(string: #"{"__proto__":{"x":1},"constructor":[1.5,-0,1e400,"\ud800",{"a":null}]}"#))
        // What a host never sends must not harm either.
        default: .value(ByteBuffer(string: "{\"cut\":[1,"))
        }
    }

    // MARK: In

    /// Reads what has come; false once the guest has hung up.
    private mutating func receive() throws -> Bool {
        var entry = pollfd(fd: self.socket, events: Int16(POLLIN), revents: 0)
        let ready = unsafe poll(&entry, 1, self.held.isEmpty ? Int32(Self.seconds) * 1000 + 1000 : 1)
        if ready == 0 {
            promise(!self.held.isEmpty, "the guest hangs")
            self.answerHeld()
            return true
        }
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(self.socket, $0.baseAddress, $0.count) }
        guard count > 0 else { return count < 0 && errno == EINTR }
        self.decoder.append(ByteBuffer(bytes: buffer[..<count]))
        do throws(ChannelViolation) {
            while let frame = try self.decoder.next() { self.perform(self.state.receive(frame)) }
        } catch { finding("the guest sent \(error)") }
        return true
    }

    private func check(_ outcome: RunOutcome) {
        promise(outcome.usage.outputBytes <= self.limits.outputBytes, "output over the limit")
        switch outcome.ending {
        case .value(let json): promise(StrictJSON.accepts(Array(buffer: json)), "a value that is not JSON")
        case .failure(let failure):
            promise(failure.code != .guestLost, "the guest says: \(failure.message)")
            promise(!failure.message.isEmpty || failure.errorName != nil, "a failure without words")
            if let line = failure.line { promise((1...self.lines).contains(line), "line \(line) of \(self.lines)") }
        }
    }

    /// Lines as JavaScript counts them at most: it knows more ends of a line than the newline.
    private var lines: Int {
        1 + String(decoding: self.script, as: UTF8.self).unicodeScalars.count { $0.properties.isWhitespace }
    }
}
