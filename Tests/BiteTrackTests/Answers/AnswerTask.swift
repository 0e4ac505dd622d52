import JSON

/// A question of the shop, a script that answers it as an agent would write it, and what the answer is.
struct AnswerTask: Sendable {
    /// As somebody asks it, in English and in Spanish.
    let question: String
    let pregunta: String
    /// Written from the modules' documentation alone; the login has been done.
    let script: @Sendable (ShopFacts) -> String
    /// Worked out from the sample data, without the modules.
    let answer: @Sendable (ShopFacts) -> JSONValue
    /// Upstream calls it may cost, the login aside.
    let calls: Int
    let account: Account

    enum Account: Sendable {
        case admin, superadmin
    }

    init(
        _ question: String, _ pregunta: String, calls: Int, as account: Account = .admin,
        _ script: @escaping @Sendable (ShopFacts) -> String, is answer: @escaping @Sendable (ShopFacts) -> JSONValue
    ) {
        self.question = question
        self.pregunta = pregunta
        self.script = script
        self.answer = answer
        self.calls = calls
        self.account = account
    }

    init(
        _ question: String, _ pregunta: String, calls: Int, as account: Account = .admin, _ script: String,
        is answer: @escaping @Sendable (ShopFacts) -> JSONValue
    ) {
        self.init(question, pregunta, calls: calls, as: account, { _ in script }, is: answer)
    }

    static let all = sales + money + products + customers + reports + waste + people
}
