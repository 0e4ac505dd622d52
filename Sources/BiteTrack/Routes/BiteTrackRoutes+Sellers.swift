import UpstreamPipeline

extension BiteTrackRoutes {
    /// Names of sellers appear in these.
    private static let staleSellers: Set<String> = [
        CacheGroup.sellers, CacheGroup.sales, CacheGroup.transactions, CacheGroup.drops, CacheGroup.export,
    ]

    static let sellers: [Route] = [
        Route(
            "GET", "/sellers", summary: "Lists all sellers.", access: administrators, timeToLive: .seconds(60),
            groups: [CacheGroup.sellers]),
        Route(
            "GET", "/sellers/pending", summary: "Lists sellers who have not activated their account.",
            access: superadministrators, timeToLive: .seconds(60), groups: [CacheGroup.sellers]),
        Route(
            "POST", "/sellers/pending", summary: "Invites a seller.",
            parameters: [
                .text("firstName", required: true), .text("lastName", required: true),
                Parameter("email", .body, .email, required: true),
                Parameter("dateOfBirth", .body, .date, required: true),
            ],
            access: administrators, invalidates: staleSellers, writeClass: .confirm, isRepeatSafe: false),
        // Own profile and password, roles and deletion stay with people.
        Route(
            "PATCH", "/sellers/{id}", summary: "Changes one's own profile or password.",
            parameters: [
                .pathID(), .text("firstName"), .text("lastName"), Parameter("email", .body, .email),
                Parameter("dateOfBirth", .body, .date), Parameter("oldPassword", .body, .secret),
                Parameter("newPassword", .body, .secret),
            ],
            invalidates: staleSellers, writeClass: .forbidden, isRepeatSafe: false),
        Route(
            "PATCH", "/sellers/{id}/role", summary: "Changes a seller's role.",
            parameters: [
                .pathID(), Parameter("role", .body, .oneOf(["user", "admin", "superadmin"]), required: true),
            ],
            access: superadministrators, invalidates: CacheGroup.all, writeClass: .forbidden, isRepeatSafe: false),
        Route(
            "DELETE", "/sellers/{id}", summary: "Deletes a seller.", parameters: [.pathID()],
            access: superadministrators, invalidates: CacheGroup.all, writeClass: .forbidden, isRepeatSafe: false),
    ]
}
