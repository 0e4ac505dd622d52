import JSON
import NIOCore
import Observability
import TokenVault
import UpstreamPipeline

/// What scripts ask of their own session rather than of the API: who is logged in, what is kept between runs.
///
/// The names cannot be mistaken for routes, which begin with a method.
struct SessionCalls: Sendable {
    static let prefix = "session "
    /// Every name, without the prefix.
    static let names = ["whoAmI", "keep", "open", "kept", "progress"]

    let account: SessionAccount
    let vault: TokenVault
    let clock: ServiceClock
    let progress: @Sendable (String) -> Void

    /// Answers a call by its whole name.
    func answer(_ route: String, _ arguments: JSONObject) throws(PipelineError) -> ByteBuffer {
        switch route.dropFirst(Self.prefix.count) {
        case "whoAmI": return Self.bytes(self.identity)
        case "keep":
            let json = ByteBuffer(bytes: (arguments["value"] ?? .null).serialized)
            guard let entry = self.account.keep(json, now: self.clock.uptime()) else {
                throw PipelineError(
                    .invalidArguments, origin: .caller, status: 413,
                    message: "There is no room to keep \(json.readableBytes) bytes.",
                    hint: "Keep less: only the fields that later scripts need.")
            }
            return Self.bytes(self.description(of: entry))
        case "open":
            let handle = arguments["handle"]?.stringValue ?? ""
            guard let entry = self.account.open(handle, now: self.clock.uptime()) else {
                throw PipelineError(
                    .notFound, origin: .caller, status: 404,
                    message: "Nothing is kept under \(JSONValue.string(String(handle.prefix(20))).text) (any more).",
                    hint: "kept() of ./lib/results.js lists what is. Kept values last 30 minutes: fetch the data again."
                )
            }
            return entry.json
        case "kept": return Self.bytes(.array(self.account.kept(now: self.clock.uptime()).map(self.description)))
        case "progress":
            self.progress(String((arguments["message"]?.stringValue ?? "").prefix(200)))
            return Self.bytes(.null)
        default:
            throw PipelineError(
                .unknownRoute, origin: .caller, status: 404, message: "there is no call \(route.prefix(60))",
                hint: "There are: " + Self.names.map { Self.prefix + $0 }.joined(separator: ", "))
        }
    }

    /// Answers a call without keeping or telling anything.
    func planned(_ route: String, _ arguments: JSONObject) throws(PipelineError) -> ByteBuffer {
        switch route.dropFirst(Self.prefix.count) {
        case "keep":
            let bytes = (arguments["value"] ?? .null).serialized.count
            return Self.bytes(["handle": "planned", "bytes": JSONValue(bytes), "expiresInSeconds": 0])
        case "progress": return Self.bytes(.null)
        default: return try self.answer(route, arguments)
        }
    }

    private var identity: JSONValue {
        let now = self.clock.seconds()
        guard let identity = self.vault.identity(session: self.account.key), identity.expiresAt > now else {
            return ["loggedIn": false, "name": .null, "role": .null, "expiresAt": .null, "expiresInMinutes": .null]
        }
        return [
            "loggedIn": true, "name": .string(identity.name), "role": .string(identity.role),
            "expiresAt": .string(WallClock.text(seconds: identity.expiresAt)),
            "expiresInMinutes": JSONValue((identity.expiresAt - now) / 60),
        ]
    }

    private func description(of entry: KeptResults.Entry) -> JSONValue {
        [
            "handle": .string(entry.handle), "bytes": JSONValue(entry.bytes),
            "expiresInSeconds": JSONValue(Int((entry.expiresAt - self.clock.uptime()) / .seconds(1))),
        ]
    }

    private static func bytes(_ value: JSONValue) -> ByteBuffer { ByteBuffer(bytes: value.serialized) }
}
