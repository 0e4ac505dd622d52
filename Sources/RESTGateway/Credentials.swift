import Base64
import NIOHTTP1
import Sessions
import TokenVault

/// What a client's `Authorization` says, and what the API would say of it without looking into its database.
enum Credentials {
    /// The API takes nothing but `Bearer ` and a token.
    case missing
    /// No token of the API's, or one whose time is over.
    case invalid
    case token(Secret<String>)

    /// Reads the one `Authorization` field; nil when there are several.
    ///
    /// - Parameters:
    ///   - now: seconds since 1970.
    ///   - leeway: how far this machine's clock may be ahead of the API's, seconds.
    init?(_ headers: HTTPHeaders, now: Int, leeway: Int = 60) {
        let fields = headers["authorization"]
        guard fields.count <= 1 else { return nil }
        guard let field = fields.first, field.hasPrefix("Bearer ") else {
            self = .missing
            return
        }
        let token = Secret(String(field.dropFirst("Bearer ".count)))
        guard let claims = try? JWTClaims(reading: token), claims.expiresAt + leeway > now,
            token.reveal({ $0.utf8.allSatisfy { (0x21...0x7E).contains($0) } })
        else {
            self = .invalid
            return
        }
        self = .token(token)
    }

    /// A name for the holder of a token, from which the token cannot be found.
    static func name(of token: Secret<String>) -> String {
        "rest:" + Base64.encode(SHA256Digest.of(token.reveal { Array($0.utf8) }), as: .url)
    }
}
