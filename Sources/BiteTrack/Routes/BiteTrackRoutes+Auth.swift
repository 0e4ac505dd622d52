import UpstreamPipeline

extension BiteTrackRoutes {
    static let auth: [Route] = [
        Route(
            "POST", "/auth/login", summary: "Logs in and keeps the token in the vault.",
            parameters: [
                Parameter("email", .body, .email, required: true),
                Parameter("password", .body, .secret, required: true),
            ],
            access: .open, writeClass: .session, isRepeatSafe: true),
        Route(
            "GET", "/auth/seller-status", summary: "Tells whether an email address has an active or a pending account.",
            parameters: [Parameter("email", .query, .email, required: true)], access: .open),
        // Accounts and passwords are a person's own business, and some of these answer with a token.
        Route(
            "POST", "/auth/activate", summary: "Activates a pending seller.",
            parameters: [
                Parameter("email", .body, .email, required: true),
                Parameter("dateOfBirth", .body, .date, required: true),
                .text("lastName", required: true),
                Parameter("password", .body, .secret, required: true),
            ],
            access: .open, invalidates: [CacheGroup.sellers], writeClass: .forbidden, isRepeatSafe: false),
        Route(
            "POST", "/auth/request-recovery", summary: "Asks for a password reset by mail.",
            parameters: [
                Parameter("email", .body, .email, required: true),
                Parameter("dateOfBirth", .body, .date, required: true),
            ],
            access: .open, writeClass: .forbidden, isRepeatSafe: false),
        Route(
            "POST", "/auth/recover", summary: "Mails a seller a password reset.",
            parameters: [Parameter("sellerId", .body, .objectID, required: true)],
            access: superadministrators, writeClass: .forbidden, isRepeatSafe: false),
        Route(
            "POST", "/auth/reset", summary: "Sets a new password with a reset token.",
            parameters: [
                Parameter("token", .body, .secret, required: true),
                Parameter("email", .body, .email, required: true),
                Parameter("dateOfBirth", .body, .date, required: true),
                Parameter("newPassword", .body, .secret, required: true),
            ],
            access: .open, writeClass: .forbidden, isRepeatSafe: false),
    ]
}
