import CSeccomp
import Glibc

/// Forks guests as the host asks, reaps and kills them as an honest zygote does.
///
/// The attempt comes as the first file of the configuration, one command a line (see ``Attempt``). Lines that begin
/// with `zygote` are for this process; it carries them out when the first guest is asked for, once in the life of a
/// sandbox, which the second file sees to: it names a file that whoever makes it first may attack.
struct HostileZygote {
    private var wire: Wire
    private var children: [pid_t: UInt32] = [:]
    private var forked = 0

    init(control: Int32) { self.wire = Wire(control) }

    mutating func serve() -> Never {
        guard let configuration = self.wire.receive(), let (attempt, marker) = Self.files(in: configuration.body) else {
            _exit(65)
        }
        self.answer(0xC1, 0, UInt32(getpid()))
        while true {
            var entry = pollfd(fd: self.wire.descriptor, events: Int16(POLLIN), revents: 0)
            let count = unsafe poll(&entry, 1, 5)
            self.reap()
            guard count > 0 else { continue }
            var descriptor: Int32 = -1
            guard let (kind, id) = self.receive(&descriptor) else { break }
            switch kind {
            case 0x82: self.fork(id, descriptor, attempt, marker)
            case 0x83: for (child, guest) in self.children where guest == id { kill(child, SIGKILL) }
            default: _exit(65)
            }
        }
        for child in self.children.keys { kill(child, SIGKILL) }
        _exit(0)
    }

    private mutating func fork(_ id: UInt32, _ descriptor: Int32, _ attempt: Attempt, _ marker: String) {
        self.forked += 1
        if attempt.attacksZygote, Self.isFirst(marker) {
            for line in attempt.zygoteLines {
                // Refuses this one guest, as when the kernel has no process to give.
                guard line != "refuse" else {
                    close(descriptor)
                    return self.answer(0xC4, id, UInt32(EAGAIN))
                }
                attempt.perform(line.replacing("{guest}", with: "\(id)"), on: &self.wire)
            }
            self.wire.flush()
        }
        let isFirst = self.forked == 1
        let child = Glibc.fork()
        if child == 0 {
            _ = cseccomp_prctl(PR_SET_PDEATHSIG, UInt(SIGKILL))
            close(self.wire.descriptor)
            attempt.attack(Wire(descriptor), isFirst: isFirst)
        }
        close(descriptor)
        self.children[child] = id
        self.answer(0xC2, id, UInt32(child))
    }

    private static func isFirst(_ marker: String) -> Bool {
        let file = unsafe open(marker, O_CREAT | O_EXCL | O_WRONLY, 0o600)
        if file >= 0 { close(file) }
        return file >= 0
    }

    private mutating func reap() {
        var status: Int32 = 0
        while true {
            let child = unsafe waitpid(-1, &status, WNOHANG)
            guard child > 0 else { return }
            guard let guest = self.children.removeValue(forKey: child) else { continue }
            self.answer(0xC3, guest, UInt32(bitPattern: status))
        }
    }

    private mutating func answer(_ kind: UInt8, _ id: UInt32, _ number: UInt32) {
        self.wire.send(Wire.frame(kind, id, Wire.bigEndian(number)))
        self.wire.flush()
    }

    /// The header of the next frame and what descriptor came along; the body is of no interest.
    private func receive(_ descriptor: inout Int32) -> (kind: UInt8, id: UInt32)? {
        var header = [UInt8](repeating: 0, count: 9)
        let count = unsafe header.withUnsafeMutableBytes {
            unsafe cseccomp_receive(self.wire.descriptor, $0.baseAddress, $0.count, &descriptor)
        }
        guard count == header.count else { return nil }
        var body = [UInt8](repeating: 0, count: header[..<4].reduce(0) { $0 << 8 | Int($1) })
        if !body.isEmpty {
            let rest = unsafe body.withUnsafeMutableBytes {
                unsafe recv(self.wire.descriptor, $0.baseAddress, $0.count, Int32(MSG_WAITALL))
            }
            guard rest == body.count else { return nil }
        }
        return (header[4], header[5...].reduce(0) { $0 << 8 | UInt32($1) })
    }

    private static func files(in body: [UInt8]) -> (attempt: Attempt, marker: String)? {
        var offset = 4
        func count() -> Int {
            defer { offset += 4 }
            return body.dropFirst(offset).prefix(4).reduce(0) { $0 << 8 | Int($1) }
        }
        func next() -> String? {
            guard body.count >= offset + 4 else { return nil }
            let count = body[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
            guard body.count >= offset + 4 + count else { return nil }
            defer { offset += 4 + count }
            return String(decoding: body[(offset + 4)..<(offset + 4 + count)], as: UTF8.self)
        }
        for _ in 0..<count() where next() == nil { return nil }
        guard count() == 2, next() != nil, let text = next(), next() != nil, let marker = next() else { return nil }
        return (Attempt(text), marker)
    }
}
