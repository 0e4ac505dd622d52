import JSON
package import NIOCore

/// What a guest says, taken from a frame and checked; the guest is hostile.
package enum GuestMessage: Sendable {
    case console(ConsoleLine)
    case call(id: UInt32, name: String, arguments: ByteBuffer)
    case result(ByteBuffer)
    case failure(RunFailure)

    package init(_ frame: Frame) throws(ChannelViolation) {
        var body = frame.body
        switch frame.kind {
        case .console:
            guard let level = body.readInteger(as: UInt8.self).flatMap(ConsoleLine.Level.init(code:)) else {
                throw ChannelViolation("a console frame without a known level")
            }
            self = .console(ConsoleLine(level: level, text: String(buffer: body)))
        case .call:
            guard let count = body.readInteger(as: UInt8.self), let slice = body.readSlice(length: Int(count)),
                let name = slice.getUTF8ValidatedText(), !name.isEmpty
            else { throw ChannelViolation("a call frame without a name") }
            guard body.readableBytes <= RunLimits.argumentBytes else {
                throw ChannelViolation("call arguments of \(body.readableBytes) bytes")
            }
            self = .call(id: frame.id, name: name, arguments: body)
        case .result:
            try Self.checkJSON(body, of: "result")
            self = .result(body)
        case .failure: self = .failure(try RunFailure(reading: body))
        default: throw ChannelViolation("a \(frame.kind) frame, which a guest never sends")
        }
    }

    /// Refuses text that others could not pass on as JSON; a guest that runs foreign code could send anything.
    static func checkJSON(_ text: ByteBuffer, of what: String) throws(ChannelViolation) {
        do throws(JSONError) {
            _ = try JSONValue(parsing: Array(buffer: text), maximumDepth: 256)
        } catch { throw ChannelViolation("a \(what) that is not JSON: \(error)") }
    }
}

extension ByteBuffer {
    fileprivate func getUTF8ValidatedText() -> String? { String(validating: self.readableBytesView, as: UTF8.self) }
}

extension ConsoleLine.Level {
    fileprivate init?(code: UInt8) {
        switch code {
        case 0: self = .debug
        case 1: self = .log
        case 2: self = .info
        case 3: self = .warn
        case 4: self = .error
        default: return nil
        }
    }
}

extension RunFailure {
    /// Reads the body of a failure frame.
    init(reading body: ByteBuffer) throws(ChannelViolation) {
        var body = body
        let malformed = ChannelViolation("a failure frame that ends early or too late")
        guard let number = body.readInteger(as: UInt8.self), let line = body.readInteger(as: UInt32.self),
            let column = body.readInteger(as: UInt32.self)
        else { throw malformed }
        guard let code = Code(number: number) else { throw ChannelViolation("a failure of the unknown code \(number)") }
        var texts: [ByteBuffer] = []
        for _ in 0..<4 {
            guard let count = body.readInteger(as: UInt32.self), let text = body.readSlice(length: Int(count)) else {
                throw malformed
            }
            texts.append(text)
        }
        guard body.readableBytes == 0 else { throw malformed }
        self.init(code, String(buffer: texts[0]))
        self.errorName = texts[1].readableBytes == 0 ? nil : String(buffer: texts[1])
        self.sourceLine = texts[2].readableBytes == 0 ? nil : String(buffer: texts[2])
        self.line = line == 0 ? nil : Int(line)
        self.column = line == 0 || column == 0 ? nil : Int(column)
        if texts[3].readableBytes > 0 {
            try GuestMessage.checkJSON(texts[3], of: "failure's detail")
            self.details = texts[3]
        }
    }
}

extension RunFailure.Code {
    fileprivate init?(number: UInt8) {
        switch number {
        case 1: self = .syntaxError
        case 2: self = .exception
        case 3: self = .timeout
        case 4: self = .memoryLimit
        case 5: self = .stackLimit
        case 6: self = .outputLimit
        case 7: self = .hostCallLimit
        case 8: self = .unserializableResult
        case 9: self = .guestLost
        default: return nil
        }
    }
}
