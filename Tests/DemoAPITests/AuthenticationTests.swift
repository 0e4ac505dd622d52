import JSON
import NIOHTTP1
import Testing

@testable import DemoAPI

struct AuthenticationTests {
    let demo = TestAPI()

    @Test("every account logs in and gets itself back", arguments: DemoAPI.accounts.map(\.email))
    func login(email: String) throws {
        let account = try #require(DemoAPI.accounts.first { $0.email == email })
        let answer = try self.demo.call(
            .POST, "/auth/login", json: ["email": .string(email), "password": .string(account.password)])
        #expect(answer.status == 200)
        #expect(answer.json.keys == ["token", "seller"])
        #expect(
            answer["seller"].keys == [
                "firstName", "lastName", "email", "dateOfBirth", "role", "createdBy", "activatedAt", "testingUser",
                "createdAt", "updatedAt", "id",
            ])
        #expect(answer["seller"]["role"] == .string(account.role.rawValue))
        #expect((answer["seller"]["createdBy"] == "Self") == (account.role == .superadmin))
        #expect(PasswordDigest.isAcceptable(account.password))
        let claims = try #require(
            Base64.decodeURL(answer["token"].stringValue?.split(separator: ".")[1] ?? "").flatMap {
                try? JSONValue(parsing: $0)
            })
        #expect(claims.keys == ["id", "role", "iat", "exp"])
        #expect(claims["exp"].intValue == (claims["iat"].intValue ?? 0) + 86_400)
        #expect(claims["id"] == answer["seller"]["id"])
    }

    @Test("addresses are normalised before they are looked up")
    func normalisation() throws {
        #expect(try !self.demo.token(email: " Admin@Demo.TEST", password: "DemoAdmin1!").isEmpty)
    }

    @Test(
        "a wrong login is refused with the exact body",
        arguments: [("admin@demo.test", "wrong"), ("nobody@demo.test", "DemoAdmin1!")])
    func wrongLogin(email: String, password: String) throws {
        let answer = try self.demo.call(
            .POST, "/auth/login", json: ["email": .string(email), "password": .string(password)])
        #expect(answer.status == 401)
        #expect(
            answer.text == #"{"error":"Unauthorized","message":"Invalid email or password","statusCode":401}"#)
    }

    @Test("an incomplete login names what is missing")
    func incompleteLogin() throws {
        let answer = try self.demo.call(.POST, "/auth/login", json: ["email": "x", "password": ""])
        #expect(
            answer.text == #"{"error":"Validation Error","message":"Invalid input data","statusCode":400,"#
                + #""details":[{"field":"email","message":"Valid email is required"},"#
                + #"{"field":"password","message":"Password is required"}]}"#)
    }

    @Test(
        "what is no bearer token is asked for, what is a bad one is refused",
        arguments: [
            (nil, "Access token is required"), ("bearer x", "Access token is required"),
            ("Basic x", "Access token is required"), ("Bearer x", "Invalid token"), ("Bearer a.b.c", "Invalid token"),
            ("Bearer ", "Invalid token"),
        ] as [(String?, String)])
    func badTokens(header: String?, message: String) throws {
        var headers = HTTPHeaders()
        if let header { headers.add(name: "authorization", value: header) }
        let answer = try self.demo.call(.GET, "/sales", headers: headers)
        #expect(answer.status == 401)
        #expect(answer.text == #"{"error":"Unauthorized","message":"\#(message)","statusCode":401}"#)
    }

    @Test("a token of another key, or changed, is refused")
    func forgery() throws {
        let foreign = try TestAPI { $0.jwtSecret = JWTSecret([9]) }.token(.superadmin)
        let own = try self.demo.token(.user)
        for token in [foreign, String(own.dropLast()), own + "A"] {
            let answer = try self.demo.call(.GET, "/sales", headers: ["authorization": "Bearer \(token)"])
            #expect(answer.message == "Invalid token")
        }
        let unsigned = Base64.encode(Array(#"{"alg":"none"}"#.utf8), .url) + "." + own.split(separator: ".")[1] + "."
        let answer = try self.demo.call(.GET, "/sales", headers: ["authorization": "Bearer \(unsigned)"])
        #expect(answer.status == 401)
    }

    @Test("a token ends after exactly 24 hours")
    func expiry() throws {
        let headers: HTTPHeaders = ["authorization": "Bearer \(try self.demo.token(.user))"]
        self.demo.clock.advance(.seconds(86_399))
        #expect(try self.demo.call(.GET, "/customers", headers: headers).status == 200)
        self.demo.clock.advance(.seconds(1))
        #expect(try self.demo.call(.GET, "/customers", headers: headers).message == "Invalid token")
    }

    @Test(
        "the token is asked for before the path is known to be wrong",
        arguments: [
            ("/sales/x/y", 401, 404), ("/customers/x", 401, 404), ("/inventory-drops/a/b/c", 401, 404),
            ("/test-data/nothing", 401, 404), ("/sellers/x/y/z", 401, 404), ("/nothing", 404, 404),
            ("/auth/nothing", 404, 404), ("/auth/login", 404, 404),
        ])
    func order(path: String, anonymous: Int, known: Int) throws {
        #expect(try self.demo.call(.GET, path).status == anonymous)
        let answer = try self.demo.get(path)
        #expect(answer.status == known)
        #expect(
            answer.text
                == #"{"error":"Not Found","message":"The requested resource was not found","statusCode":404}"#)
    }

    static let id = "000000000000000000000000"
    static let restricted: [(HTTPMethod, String, Set<Role>)] = [
        (.GET, "/sellers", [.admin, .superadmin]), (.POST, "/sellers/pending", [.admin, .superadmin]),
        (.GET, "/sellers/pending", [.superadmin]), (.PATCH, "/sellers/\(id)/role", [.superadmin]),
        (.DELETE, "/sellers/\(id)", [.superadmin]), (.GET, "/inventory-drops", [.admin, .superadmin]),
        (.GET, "/inventory-drops/undoable", [.admin, .superadmin]),
        (.GET, "/inventory-drops/analytics", [.admin, .superadmin]),
        (.GET, "/inventory-drops/\(id)", [.admin, .superadmin]), (.POST, "/inventory-drops", [.admin, .superadmin]),
        (.POST, "/inventory-drops/\(id)/undo", [.admin, .superadmin]), (.POST, "/auth/recover", [.superadmin]),
        (.GET, "/customers", [.user, .admin, .superadmin]), (.GET, "/products", [.user, .admin, .superadmin]),
        (.GET, "/sales", [.user, .admin, .superadmin]), (.PATCH, "/sales/\(id)/settle", [.user, .admin, .superadmin]),
        (.GET, "/reporting/sales/analytics", [.user, .admin, .superadmin]),
    ]

    @Test("each route accepts exactly its roles")
    func roles() throws {
        for (method, path, roles) in Self.restricted {
            for role in Role.allCases {
                let answer = try self.demo.call(method, path, as: role)
                #expect((answer.status == 403) == !roles.contains(role), "\(method) \(path) as \(role)")
                if answer.status == 403 {
                    #expect(
                        answer.text == #"{"error":"Forbidden","message":"Insufficient permissions","statusCode":403}"#)
                }
            }
            #expect(try self.demo.call(method, path).status == 401)
        }
    }

    @Test("the stored role counts, and a deleted seller's token dies")
    func databaseRole() throws {
        let token = try self.demo.token(.user)
        let headers: HTTPHeaders = ["authorization": "Bearer \(token)"]
        let sellers = try self.demo.get("/sellers").json.arrayValue ?? []
        let maria = try #require(sellers.first { $0["email"] == "maria@demo.test" }).id
        #expect(try self.demo.call(.GET, "/sellers", headers: headers).status == 403)
        let changed = try self.demo.call(
            .PATCH, "/sellers/\(maria)/role", as: .superadmin, json: ["role": "admin"])
        #expect(changed["role"] == "admin")
        #expect(try self.demo.call(.GET, "/sellers", headers: headers).status == 200)
        #expect(try self.demo.call(.DELETE, "/sellers/\(maria)", as: .superadmin).status == 204)
        #expect(try self.demo.call(.GET, "/sales", headers: headers).message == "Invalid token")
    }

    @Test("test data routes are closed as in production")
    func testData() throws {
        let answer = try self.demo.get("/test-data/status")
        #expect(answer.status == 403)
        #expect(answer.message == "Test data endpoints are disabled in production")
    }
}

struct AccountTests {
    let demo = TestAPI()

    @Test("someone invited activates an account, once, and logs in")
    func activation() throws {
        let invitation: JSONValue = [
            "firstName": "Nora", "lastName": "New", "email": "Nora@demo.test", "dateOfBirth": "1999-04-05",
        ]
        let pending = try self.demo.call(.POST, "/sellers/pending", as: .admin, json: invitation)
        #expect(pending.status == 201)
        #expect(pending["dateOfBirth"] == "1999-04-05T00:00:00.000Z")
        #expect(try self.demo.call(.POST, "/sellers/pending", as: .admin, json: invitation).status == 400)
        #expect(try self.demo.call(.GET, "/auth/seller-status?email=nora@demo.test")["status"] == "pending")
        let list = try self.demo.get("/sellers/pending", as: .superadmin)
        #expect(list["count"] == 3)
        #expect(list["pendingSellers"][0]["_id"] == pending["id"])
        #expect(list["pendingSellers"][0]["createdBy"]["role"] == "admin")
        var details: JSONObject = [
            "email": "nora@demo.test", "dateOfBirth": "1999-04-05", "lastName": "new", "password": "NoraNew1!",
        ]
        #expect(try self.demo.call(.POST, "/auth/activate", json: .object(details)).status == 404)
        details["lastName"] = "New"
        let seller = try self.demo.call(.POST, "/auth/activate", json: .object(details))
        #expect(seller.status == 201)
        #expect(seller["role"] == "user")
        #expect(try self.demo.call(.GET, "/auth/seller-status?email=nora@demo.test")["status"] == "active")
        #expect(try !self.demo.token(email: "nora@demo.test", password: "NoraNew1!").isEmpty)
        #expect(try self.demo.call(.POST, "/auth/activate", json: .object(details)).status == 404)
        let again = try self.demo.call(.POST, "/sellers/pending", as: .admin, json: invitation)
        #expect(again.message == "Seller with this email already exists")
    }

    @Test("status of an unknown or malformed address")
    func sellerStatus() throws {
        #expect(
            try self.demo.call(.GET, "/auth/seller-status?email=x@y.zz").message
                == "No account found for this email address")
        #expect(try self.demo.call(.GET, "/auth/seller-status").status == 400)
    }

    @Test("a recovery token sets a new password, once, within a day")
    func recovery() throws {
        let sellers = try self.demo.get("/sellers").json.arrayValue ?? []
        let user = try #require(sellers.first { $0["email"] == "user@demo.test" })
        let recovery = try self.demo.call(
            .POST, "/auth/recover", as: .superadmin, json: ["sellerId": .string(user.id)])
        #expect(recovery.json.keys == ["message", "sellerId", "expiresAt", "token", "emailPreview"])
        var body: JSONObject = [
            "token": recovery["token"], "email": "user@demo.test", "dateOfBirth": "2000-01-01",
            "newPassword": "Changed1!",
        ]
        #expect(try self.demo.call(.POST, "/auth/reset", json: .object(body)).message == "Seller details do not match")
        body["dateOfBirth"] = user["dateOfBirth"]
        #expect(try self.demo.call(.POST, "/auth/reset", json: .object(body)).message == "Password reset successful")
        #expect(try !self.demo.token(email: "user@demo.test", password: "Changed1!").isEmpty)
        #expect(
            try self.demo.call(.POST, "/auth/reset", json: .object(body)).message == "Reset token is invalid or expired"
        )

        let request: JSONValue = ["email": "user@demo.test", "dateOfBirth": user["dateOfBirth"]]
        let late = try self.demo.call(.POST, "/auth/request-recovery", json: request)
        body["token"] = late["token"]
        self.demo.clock.advance(.seconds(86_400))
        #expect(
            try self.demo.call(.POST, "/auth/reset", json: .object(body)).message == "Reset token is invalid or expired"
        )
        let unknown = try self.demo.call(
            .POST, "/auth/request-recovery", json: ["email": "x@y.zz", "dateOfBirth": "2000-01-01"])
        #expect(unknown.status == 200)
        #expect(unknown.message == late.message)
        #expect(unknown["token"] == .null)
        #expect(try self.demo.call(.POST, "/auth/recover", as: .superadmin, json: ["sellerId": "x"]).status == 500)
        let nobody: JSONValue = ["sellerId": .string(AuthenticationTests.id)]
        #expect(try self.demo.call(.POST, "/auth/recover", as: .superadmin, json: nobody).message == "Seller not found")
    }

    @Test("one's own profile changes; sensitive parts need the old password")
    func profile() throws {
        let login = try self.demo.call(
            .POST, "/auth/login", json: ["email": "admin@demo.test", "password": "DemoAdmin1!"])
        let own = "/sellers/\(login["seller"].id)"
        func patch(_ path: String, _ body: JSONValue) throws -> TestAPI.Answer {
            try self.demo.call(.PATCH, path, as: .admin, json: body)
        }
        let other = try patch("/sellers/\(AuthenticationTests.id)", ["firstName": "X"])
        #expect(other.message == "You can only update your own profile")
        #expect(try patch(own, ["firstName": " Ada "])["firstName"] == "Ada")
        #expect(try patch(own, ["firstName": ""])["details"][0]["message"] == "First name cannot be empty")
        #expect(try patch(own, ["email": "a@b.cc"]).message == "Old password required for sensitive updates")
        #expect(try patch(own, ["email": "a@b.cc", "oldPassword": "no"]).message == "Invalid old password")
        let both = try patch(
            own, ["email": "a@b.cc", "dateOfBirth": "1990-01-01", "oldPassword": "DemoAdmin1!"])
        #expect(both.message == "Must provide current email or date of birth for verification")
        #expect(self.demo.api.dangerousRequests == 0)
        #expect(
            try patch(own, ["email": "user@demo.test", "oldPassword": "DemoAdmin1!"]).message == "email already exists")
        #expect(
            try patch(own, ["newPassword": "NewAdmin1!", "oldPassword": 5]).message == "Invalid resource ID format")
        #expect(self.demo.api.dangerousRequests == 2)
        #expect(try patch(own, ["newPassword": "NewAdmin1!", "oldPassword": "DemoAdmin1!"]).status == 200)
        #expect(try !self.demo.token(email: "admin@demo.test", password: "NewAdmin1!").isEmpty)
    }

    @Test("roles are checked, and who is gone stays gone")
    func administration() throws {
        let path = "/sellers/\(AuthenticationTests.id)"
        let wrong = try self.demo.call(.PATCH, "\(path)/role", as: .superadmin, json: ["role": "king"])
        #expect(wrong["details"][0]["message"] == "Role must be user, admin, or superadmin")
        let right = try self.demo.call(.PATCH, "\(path)/role", as: .superadmin, json: ["role": "user"])
        #expect(right.message == "Seller not found")
        #expect(try self.demo.call(.DELETE, path, as: .superadmin).message == "Seller not found")
    }
}
