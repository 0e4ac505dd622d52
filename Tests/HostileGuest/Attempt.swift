import Glibc

/// What a hostile guest does, one command a line.
///
/// | command | does |
/// | --- | --- |
/// | `await` | waits for a frame of the host; the first one is the start of the run |
/// | `console LEVEL TEXT`, `call ID NAME JSON`, `result JSON`, `failure CODE TEXT` | sends an orderly frame |
/// | `frame KIND ID TEXT`, `bytes KIND ID HEX` | sends a frame of any kind (in hexadecimal) |
/// | `header LENGTH KIND ID`, `hex HEX`, `fill COUNT TEXT` | sends what need be no frame |
/// | `slowly COMMAND` | the same in single bytes |
/// | `times COUNT COMMAND` | the same again and again; `{n}` counts from 1 |
/// | `sleep MS`, `ignore SIGNAL`, `raise SIGNAL`, `close`, `deafen`, `hang`, `exit CODE` | does just that |
///
/// Lines before the first `await` are carried out by the first guest of a zygote, without waiting for its script; the
/// others by a guest whose script is `attack`. Any other script is answered as an honest guest would.
struct Attempt {
    let zygoteLines: [String]
    private let early: [String]
    private let late: [String]

    init(_ text: String) {
        let lines = text.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("//") }
        self.zygoteLines = lines.filter { $0.hasPrefix("zygote ") }.map { String($0.dropFirst(7)) }
        let guestLines = lines.filter { !$0.hasPrefix("zygote ") }
        let start = guestLines.firstIndex(of: "await") ?? guestLines.endIndex
        self.early = Array(guestLines[..<start])
        self.late = Array(guestLines[start...].dropFirst())
    }

    var attacksZygote: Bool { !self.zygoteLines.isEmpty }

    /// Lives the life of one guest.
    func attack(_ wire: Wire, isFirst: Bool) -> Never {
        var wire = wire
        if isFirst { for line in self.early { self.perform(line, on: &wire) } }
        wire.flush()
        guard let start = wire.receive(), start.kind == 0x01 else { _exit(0) }
        if start.body.dropFirst(4).elementsEqual("attack".utf8) {
            for line in self.late { self.perform(line, on: &wire) }
        } else {
            wire.send(Wire.frame(0x43, 0, Array("\"healthy\"".utf8)))
        }
        wire.flush()
        _exit(0)
    }

    func perform(_ line: String, on wire: inout Wire) {
        var words = Words(line)
        switch words.next() {
        case "await":
            wire.flush()
            _ = wire.receive()
        case "console": wire.send(Wire.frame(0x41, 0, [UInt8(words.number())] + words.rest.utf8))
        case "call":
            let id = UInt32(words.number())
            let name = words.next()
            wire.send(Wire.frame(0x42, id, [UInt8(name.utf8.count)] + name.utf8 + words.rest.utf8))
        case "result": wire.send(Wire.frame(0x43, 0, Array(words.rest.utf8)))
        case "failure":
            let code = UInt8(words.number())
            let text = Wire.bigEndian(UInt32(words.rest.utf8.count)) + words.rest.utf8
            wire.send(
                Wire.frame(0x44, 0, [code] + Array(repeating: 0, count: 8) + text + Array(repeating: 0, count: 12)))
        case "frame": wire.send(Wire.frame(words.hexadecimal(), UInt32(words.number()), Array(words.rest.utf8)))
        case "bytes": wire.send(Wire.frame(words.hexadecimal(), UInt32(words.number()), Words.bytes(words.rest)))
        case "header":
            let length = UInt32(words.number())
            wire.send(Wire.bigEndian(length) + [words.hexadecimal()] + Wire.bigEndian(UInt32(words.number())))
        case "hex": wire.send(Words.bytes(words.rest))
        case "fill":
            let count = words.number()
            let text = Array(words.rest.utf8)
            for _ in 0..<count { wire.send(text) }
        case "slowly":
            wire.flush()
            self.perform(words.rest, on: &wire)
            wire.flushSlowly()
        case "times":
            let count = words.number()
            let command = words.rest
            for number in 1...count { self.perform(command.replacing("{n}", with: "\(number)"), on: &wire) }
        case "sleep":
            wire.flush()
            usleep(UInt32(words.number()) * 1000)
        case "ignore": signal(Int32(words.number()), SIG_IGN)
        case "raise":
            wire.flush()
            raise(Int32(words.number()))
        case "close":
            wire.flush()
            close(wire.descriptor)
        case "deafen":
            wire.flush()
            shutdown(wire.descriptor, Int32(SHUT_RD))
        case "hang":
            wire.flush()
            while true { pause() }
        case "exit":
            wire.flush()
            _exit(Int32(words.number()))
        default: Words.misspelt(line)
        }
    }
}

/// The parts of a command.
private struct Words {
    private(set) var rest: String
    private let line: String

    init(_ line: String) {
        self.rest = line
        self.line = line
    }

    mutating func next() -> String {
        let word = self.rest.prefix { $0 != " " }
        defer { self.rest = String(self.rest.dropFirst(word.count + 1)) }
        return String(word)
    }

    mutating func number() -> Int {
        guard let number = Int(self.next()) else { Self.misspelt(self.line) }
        return number
    }

    mutating func hexadecimal() -> UInt8 { Self.byte(self.next()) }

    static func bytes(_ text: String) -> [UInt8] { text.split(separator: " ").map { Self.byte(String($0)) } }

    private static func byte(_ text: String) -> UInt8 {
        guard let byte = UInt8(text, radix: 16) else { Self.misspelt(text) }
        return byte
    }

    /// An attempt that says nothing must not pass for one that was contained.
    static func misspelt(_ line: String) -> Never {
        print("hostile-guest: no such command: \(line)")
        fflush(nil)
        abort()
    }
}
