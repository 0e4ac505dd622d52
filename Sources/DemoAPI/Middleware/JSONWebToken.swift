import JSON

/// Issues and reads the tokens of `POST /auth/login`: HS256, 24 hours.
struct JSONWebToken {
    static let lifetimeSeconds = 86_400
    private static let header = Base64.encode(Array(#"{"alg":"HS256","typ":"JWT"}"#.utf8), .url)

    let secret: JWTSecret

    func issue(for seller: Seller, now: Timestamp) -> String {
        let claims = JSONText.object {
            $0.member("id", seller.id)
            $0.member("role", seller.role.rawValue)
            $0.member("iat", now.seconds)
            $0.member("exp", now.seconds + Self.lifetimeSeconds)
        }
        let signed = "\(Self.header).\(Base64.encode(claims, .url))"
        return "\(signed).\(Base64.encode(self.secret.sign(signed), .url))"
    }

    /// The seller a token was issued for; nil when it is malformed, forged or expired.
    func sellerID(in token: some StringProtocol, now: Timestamp) -> ObjectID? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let signature = Base64.decodeURL(parts[2]),
            let header = Self.json(parts[0]), header["alg"]?.stringValue == "HS256",
            Digest.areEqual(signature, self.secret.sign("\(parts[0]).\(parts[1])")),
            let claims = Self.json(parts[1]), let expiry = claims["exp"]?.intValue, now.seconds < expiry,
            let id = claims["id"]?.stringValue
        else { return nil }
        return ObjectID(id)
    }

    private static func json(_ part: some StringProtocol) -> JSONValue? {
        Base64.decodeURL(part).flatMap { try? JSONValue(parsing: $0) }
    }
}
