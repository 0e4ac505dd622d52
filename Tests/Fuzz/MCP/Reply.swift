import FuzzSupport
import JSON
import NIOCore
import NIOHTTP1
import Synchronization

/// What one request has been answered so far.
final class Reply: Sendable {
    struct State {
        var answers = 0
        var status: Int?
        var headers = HTTPHeaders()
        var body: [UInt8] = []
        var isStream = false
        var parser = EventParser()
        /// Nothing more will come.
        var hasEnded = false
        var clientHasLeft = false

        /// The JSON-RPC messages that have come, those of a batch one by one.
        var messages: [JSONValue] {
            guard self.isStream else {
                guard let value = try? JSONValue(parsing: self.body, maximumDepth: 200) else { return [] }
                return value.arrayValue ?? [value]
            }
            return self.parser.events.filter { !$0.data.isEmpty && $0.type == Array("message".utf8) }
                .compactMap { try? JSONValue(parsing: $0.data, maximumDepth: 200) }
        }
    }

    private let state = Mutex(State())
    private let pulse: Pulse

    init(pulse: Pulse) { self.pulse = pulse }

    var current: State { self.state.withLock { $0 } }

    func answer(_ status: Int, _ headers: HTTPHeaders, _ body: ByteBuffer) {
        self.change {
            $0.answers += 1
            ($0.status, $0.headers, $0.body, $0.hasEnded) = (status, headers, Array(body.readableBytesView), true)
        }
    }

    func open(_ headers: HTTPHeaders) {
        self.change {
            $0.answers += 1
            ($0.status, $0.headers, $0.isStream) = (200, headers, true)
        }
    }

    func receive(_ bytes: ByteBuffer) { self.change { $0.parser.read(bytes.readableBytesView) } }

    func end() { self.change { $0.hasEnded = true } }

    func leave() { self.change { $0.clientHasLeft = true } }

    private func change(_ body: (inout State) -> Void) {
        self.state.withLock { body(&$0) }
        self.pulse.beat()
    }
}
