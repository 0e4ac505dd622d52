import JSON
import ModelContextProtocol
import Testing

@testable import BiteTrack

@Suite("Answers of late searches")
struct RecentAnswersTests {
    private static func request(_ query: String, limit: Int = 5) throws -> SearchRequest {
        try SearchRequest(["query": .string(query), "limit": JSONValue(limit)], categories: ["sales"])
    }

    @Test("the same question is worked out once; another limit is another question")
    func once() throws {
        let answers = RecentAnswers()
        var made = 0
        for limit in [5, 5, 6, 5, 6] {
            let text = answers.answer(to: try Self.request("unpaid", limit: limit)) {
                made += 1
                return "answer \(limit)"
            }
            #expect(text.text == "answer \(limit)")
        }
        #expect(made == 2)
    }

    @Test("what is asked again and again stays while others come and go, and no more than two generations are kept")
    func bounded() throws {
        let answers = RecentAnswers()
        var made: [String: Int] = [:]
        func ask(_ query: String) throws {
            _ = answers.answer(to: try Self.request(query)) {
                made[query, default: 0] += 1
                return query
            }
        }
        for number in 0..<2000 {
            try ask("often")
            try ask("once \(number)")
        }
        #expect(made["often"] == 1)
        try ask("once 0")
        #expect(made["once 0"] == 2)
        try ask("once 1999")
        #expect(made["once 1999"] == 1)
    }

    @Test("a question longer than any sensible one is not kept")
    func long() throws {
        let answers = RecentAnswers()
        var made = 0
        for _ in 0..<2 {
            _ = answers.answer(to: try Self.request(String(repeating: "a", count: 300))) {
                made += 1
                return ""
            }
        }
        #expect(made == 2)
    }
}
