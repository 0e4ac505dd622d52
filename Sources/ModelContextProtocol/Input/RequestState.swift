import Base64
import JSON
import Sessions

/// What a question to a client of 2026-07-28 must survive: the server keeps nothing, the client brings it back.
struct RequestState: Equatable {
    /// Answers of earlier rounds.
    var answers = Answers()
    /// Keys of all questions so far.
    var asked: Set<String> = []
    /// What the handler wants to find again.
    var handler: JSONValue?
    /// How often the handler has asked.
    var round = 0
    /// Seconds since 1970.
    var expires = 0

    /// Rounds after which a handler that keeps asking is given up.
    static let maximumRounds = 10
    static let lifetimeSeconds = 600
    /// Longest sealed state; clients carry it in every retry.
    static let maximumBytes = 64 * 1024

    var text: String {
        var object: JSONObject = [
            "answers": .object(self.answers.json), "asked": .array(self.asked.sorted().map { .string($0) }),
            "round": JSONValue(self.round), "expires": JSONValue(self.expires),
        ]
        object["handler"] = self.handler
        return JSONValue.object(object).text
    }

    init() {}

    init?(text: String) {
        guard let value = try? JSONValue(parsing: text), let round = value["round"]?.intValue,
            let expires = value["expires"]?.intValue, let answers = value["answers"]?.objectValue
        else { return nil }
        self.answers = Answers(answers)
        self.asked = Set((value["asked"]?.arrayValue ?? []).compactMap(\.stringValue))
        self.handler = value["handler"]
        self.round = round
        self.expires = expires
    }
}

/// Seals and opens what a client carries for the server: authenticated encryption under a key of the caller's.
package protocol StateSealer: Sendable {
    /// - Parameter context: authenticated, not stored: the text opens only under the same.
    func seal(_ text: String, context: String) throws -> [UInt8]
    /// - Throws: when the bytes were changed, or sealed under another key or context.
    func open(_ sealed: [UInt8], context: String) throws -> String
}

/// Turns states into `requestState` strings and back.
struct RequestStateCodec: Sendable {
    let sealer: any StateSealer
    /// Seconds since 1970.
    let now: @Sendable () -> Int

    static let refusal = RPCError(
        .invalidParams,
        "requestState is not one of this server for this request, or has expired: send the request anew without it.")

    /// - Parameters:
    ///   - principal: who asks; the state opens for nobody else.
    ///   - parameters: the request's parameters in canonical form, which a retry must repeat.
    func seal(
        _ state: RequestState, principal: Principal, method: String, parameters: [UInt8]
    ) throws(RPCError) -> String {
        var state = state
        state.expires = self.now() + RequestState.lifetimeSeconds
        let text = state.text
        guard text.utf8.count <= RequestState.maximumBytes else {
            throw RPCError(.invalidParams, "The answers are too large to be carried through another round.")
        }
        do {
            let sealed = try self.sealer.seal(text, context: Self.context(principal, method, parameters))
            return Base64.encode(sealed, as: .url)
        } catch { throw RPCError(.internalError, "The request's state could not be sealed.") }
    }

    func open(
        _ text: String, principal: Principal, method: String, parameters: [UInt8]
    ) throws(RPCError) -> RequestState {
        guard text.utf8.count <= RequestState.maximumBytes * 2, let sealed = Base64.decode(text, as: .url),
            let plain = try? self.sealer.open(sealed, context: Self.context(principal, method, parameters)),
            let state = RequestState(text: plain), state.expires > self.now()
        else { throw Self.refusal }
        return state
    }

    private static func context(_ principal: Principal, _ method: String, _ parameters: [UInt8]) -> String {
        "requestState\n\(principal.key)\n\(method)\n\(Base64.encode(SHA256Digest.of(parameters), as: .url))"
    }
}
