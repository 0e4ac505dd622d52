// How stored rows look in answers. References are populated, or not, endpoint by endpoint.

extension Customer: JSONRenderable {
    func render(into text: inout JSONText) {
        text.object {
            $0.member("firstName", self.firstName)
            $0.member("lastName", self.lastName)
            $0.member("phoneNumber", self.phoneNumber)
            $0.member("email", ifPresent: self.email)
            $0.member("lastTransaction", self.lastTransaction)
            $0.member("isTestData", self.isTestData)
            $0.member("createdAt", self.createdAt)
            $0.member("updatedAt", self.updatedAt)
            $0.member("id", self.id)
        }
    }
}

extension Product: JSONRenderable {
    func render(into text: inout JSONText) {
        text.object {
            $0.member("productName", self.productName)
            $0.member("description", self.description)
            $0.member("count", self.count)
            $0.member("price", self.price)
            $0.member("isTestData", self.isTestData)
            $0.member("createdAt", self.createdAt)
            $0.member("updatedAt", self.updatedAt)
            $0.member("name", self.productName)
            $0.member("id", self.id)
        }
    }
}

extension Seller: JSONRenderable {
    func render(into text: inout JSONText) {
        text.object {
            $0.member("firstName", self.firstName)
            $0.member("lastName", self.lastName)
            $0.member("email", self.email)
            $0.member("dateOfBirth", self.dateOfBirth)
            $0.member("role", self.role.rawValue)
            switch self.createdBy {
            case .itself: $0.member("createdBy", "Self")
            case .seller(let id): $0.member("createdBy", id)
            }
            $0.member("activatedAt", self.activatedAt)
            $0.member("testingUser", self.testingUser)
            $0.member("createdAt", self.createdAt)
            $0.member("updatedAt", self.updatedAt)
            $0.member("id", self.id)
        }
    }
}

extension PendingSeller: JSONRenderable {
    func render(into text: inout JSONText) {
        text.object {
            $0.member("firstName", self.firstName)
            $0.member("lastName", self.lastName)
            $0.member("email", self.email)
            $0.member("dateOfBirth", self.dateOfBirth)
            $0.member("createdBy", self.createdBy)
            $0.member("testingUser", self.testingUser)
            $0.member("createdAt", self.createdAt)
            $0.member("updatedAt", self.updatedAt)
            $0.member("id", self.id)
        }
    }
}
