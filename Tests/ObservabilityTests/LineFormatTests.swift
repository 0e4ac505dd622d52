import Logging
import Testing

@testable import Observability

struct LineFormatTests {
    private func line(_ format: LineFormat, _ message: String, _ metadata: Logger.Metadata = [:]) -> String {
        String(
            decoding: format.line(time: "T", level: .info, label: "l", message: message, metadata: metadata),
            as: UTF8.self)
    }

    @Test("a JSON line has the fixed members first and metadata in order")
    func json() {
        #expect(
            self.line(.json, "started", ["b": "2", "a": "1"])
                == #"{"time":"T","level":"info","label":"l","message":"started","a":"1","b":"2"}"# + "\n")
    }

    @Test("a text line quotes values with spaces")
    func text() {
        #expect(self.line(.text, "started", ["a": "x y", "b": "z"]) == "T info l: started a=\"x y\" b=z\n")
    }

    @Test("no value can forge a second line", arguments: LineFormat.allCases)
    func injection(format: LineFormat) {
        let line = self.line(format, "m\r\n", ["a": "x\n{\"level\":\"error\"}", "b": "\u{1B}[31m\u{7F}"])
        #expect(line.utf8.filter { $0 < 0x20 || $0 == 0x7F } == [0x0A])
        #expect(line.hasSuffix("\n"))
    }

    @Test("values under secret-looking keys are hidden, nested ones too", arguments: LineFormat.allCases)
    func secrets(format: LineFormat) {
        let metadata: Logger.Metadata = [
            "Authorization": "Bearer hunter2", "user.password": "hunter2", "accessToken": "hunter2",
            "jwt": .array(["hunter2"]), "headers": .dictionary(["Set-Cookie": "hunter2", "accept": "shown"]),
            "list": .array([.dictionary(["client_secret": "hunter2"])]),
        ]
        let line = self.line(format, "m", metadata)
        #expect(!line.contains("hunter2"))
        #expect(line.contains("shown"))
    }

    @Test("a line is never longer than a pipe takes at once", arguments: LineFormat.allCases)
    func bounded(format: LineFormat) {
        let long = String(repeating: "x", count: 10_000)
        for line in [self.line(format, "m", ["a": "\(long)", "z": "kept"]), self.line(format, long)] {
            #expect(line.utf8.count <= LineFormat.maximumBytes)
            #expect(line.hasSuffix("\n"))
            if format == .json { #expect(line.hasSuffix("}\n")) }
        }
    }
}
