import JSON
import Sessions
import Testing

@testable import BiteTrack
@testable import ModelContextProtocol

struct ShopPromptsTests {
    /// 24 November 2025, 12:00 UTC.
    private static let now = 1_763_985_600
    private let prompts = ShopPrompts.all.map {
        $0.prompt(clock: ServiceClock(seconds: { ShopPromptsTests.now }, uptime: { .zero }))
    }

    /// A client that can be asked, with what it has answered.
    private func context(
        _ revision: ProtocolRevision = .july2026, asks: Bool = true, answer: JSONValue? = nil, state: JSONValue? = nil
    ) -> RequestContext {
        var answers = Answers()
        if let answer { answers["arguments"] = answer }
        return RequestContext(
            principal: .anonymous, session: nil, revision: revision,
            client: ClientCapabilities(asks ? ["elicitation": ["form": [:]]] : [:], revision: revision), state: state,
            answers: answers, channel: SilentChannel())
    }

    private func text(_ name: String, _ arguments: [String: String], _ context: RequestContext) throws -> String {
        let prompt = try #require(self.prompts.first { $0.name == name })
        guard case .immediate(let handler) = prompt.handler else { throw NotImmediate() }
        let result = try handler(PromptCall(arguments: arguments, context: context))
        guard result.messages.count == 1, case .text(let text) = result.messages[0].content else { return "" }
        return text
    }

    private struct NotImmediate: Error {}

    /// Good arguments of each prompt.
    private static let arguments: [String: [String: String]] = [
        "daily_close": ["date": "2025-11-23"], "monthly_report": ["month": "2025-01"],
        "customer_follow_up": ["days": "14"], "low_stock_order": ["threshold": "5"],
        "waste_review": ["month": "2024-02", "reason": "damaged"], "settle_customer": ["customer": "Ana Gómez"],
    ]

    @Test("the modules and functions the texts name exist, and each text names some", arguments: Self.arguments.keys)
    func modules(name: String) throws {
        let catalogue = try ToolCatalogue.load()
        let text = try self.text(name, Self.arguments[name] ?? [:], self.context(asks: false))
        let named = text.matches(of: /import { (\w+) } from ".\/(workflows\/\w+\.js)";/)
        #expect(named.count == 1 && text.matches(of: /(tools|workflows)\//).count == 1)
        for match in named {
            let module = try #require(catalogue.module(at: String(match.2)), "\(match.2)")
            #expect(module.name == match.1)
        }
        #expect(text.utf8.count < 1400 && text.matches(of: /<\w/).isEmpty && !text.contains("First ask"), "\(text)")
    }

    @Test("parameters the texts name are ones of the modules")
    func parameters() throws {
        let catalogue = try ToolCatalogue.load()
        let known = Set(catalogue.modules.flatMap { $0.documentation.parameters.map(\.name) })
        for (name, arguments) in Self.arguments {
            let text = try self.text(name, arguments, self.context(asks: false))
            for match in text.matches(of: /(\w+): (?:true|false|\d+|"|\[)/) {
                #expect(known.contains(String(match.1)), "\(name): \(match.1)")
            }
        }
    }

    @Test("every prompt is described and has arguments; none is required, for a missing one is asked for")
    func definitions() {
        #expect(Set(self.prompts.map(\.name)) == Set(Self.arguments.keys))
        for prompt in self.prompts {
            #expect(prompt.title != nil && !prompt.description.isEmpty && prompt.arguments.count >= 1)
            for argument in prompt.arguments { #expect(!argument.isRequired && argument.description != nil) }
        }
    }

    @Test(
        "arguments end up in the text",
        arguments: [
            ("daily_close", #"await dailyClose({ date: "2025-11-23" });"#),
            ("monthly_report", #"await monthlyReport({ month: "2025-01" });"#),
            ("customer_follow_up", #"await customerFollowUp({ days: 14, include: ["phoneNumber", "email"] });"#),
            ("low_stock_order", "await lowStockOrder({ threshold: 5 });"),
            ("waste_review", #"await wasteReview({ month: "2024-02", reason: "damaged" });"#),
            ("settle_customer", #"await settleCustomer({ customer: "Ana Gómez" });"#),
            ("settle_customer", "nothing can be written from here"),
        ])
    func values(name: String, expected: String) throws {
        let text = try self.text(name, Self.arguments[name] ?? [:], self.context())
        #expect(text.contains(expected), "\(text)")
    }

    @Test("without an optional argument there is a sensible default")
    func defaults() throws {
        #expect(try self.text("customer_follow_up", [:], self.context()).contains("days: 30,"))
        let waste = try self.text("waste_review", ["month": "2025-01", "reason": " "], self.context())
        #expect(waste.hasPrefix("Review the waste of 2025-01") && !waste.contains("reason:"))
    }

    @Test(
        "a client that cannot ask gets a text that makes the model ask",
        arguments: [
            ("daily_close", ["date": "2025-02-29"], "date (a day such as 2025-11-24)"),
            ("monthly_report", ["month": "2025-13"], "month (a month such as 2025-11)"),
            ("monthly_report", [:], "month (a month such as 2025-11)"),
            ("low_stock_order", ["threshold": "-1"], "threshold (a whole number from 0 to 100000)"),
            ("settle_customer", ["customer": " \n\u{7}"], "customer (a text)"),
            ("customer_follow_up", ["days": "many"], "days (a whole number from 1 to 3650)"),
            (
                "waste_review", ["reason": "theft"],
                "month (a month such as 2025-11) and reason (one of expired, end_of_day, quality_issue, damaged, "
                    + "contaminated, overproduction, other)"
            ),
        ])
    func cannotAsk(name: String, arguments: [String: String], expected: String) throws {
        let text = try self.text(name, arguments, self.context(asks: false))
        #expect(text.hasPrefix("First ask the user for \(expected), and wait for the answer"), "\(text)")
    }

    @Test("a client that can ask is asked once, with fields its revision knows")
    func asks() throws {
        for revision in [ProtocolRevision.june2025, .november2025, .july2026] {
            let question = #expect(throws: InputRequired.self) {
                try self.text("monthly_report", [:], self.context(revision))
            }
            guard case .form(let message, let schema) = question?.questions["arguments"] else {
                Issue.record("not a form")
                continue
            }
            #expect(message == "Monthly report: what is still needed")
            let field = schema["properties"]?["month"]
            #expect(field?["type"] == "string" && schema["required"]?.text == #"["month"]"#)
            #expect(field?["default"] == (revision == .june2025 ? nil : "2025-11"))
            // Asked before, and no usable answer: the model asks.
            let text = try self.text("monthly_report", [:], self.context(revision, state: question?.state))
            #expect(text.hasPrefix("First ask the user"))
        }
    }

    @Test(
        "what the user filled in is used; a refusal or nonsense makes the model ask",
        arguments: [
            (#"{"action":"accept","content":{"month":" 2025-10 "}}"#, "Report on 2025-10"),
            (#"{"action":"accept","content":{"month":"October"}}"#, "First ask the user for month"),
            (#"{"action":"decline"}"#, "First ask the user for month"),
            (#"{"action":"cancel"}"#, "First ask the user for month"),
        ])
    func answers(answer: String, expected: String) throws {
        let context = self.context(answer: try JSONValue(parsing: answer))
        #expect(try self.text("monthly_report", [:], context).hasPrefix(expected))
    }

    @Test("a number filled in as a number is taken")
    func number() throws {
        let context = self.context(answer: ["action": "accept", "content": ["threshold": 8]])
        #expect(try self.text("low_stock_order", [:], context).contains("threshold: 8 });"))
    }

    @Test(
        "arguments are completed, likeliest first",
        arguments: [
            ("monthly_report", "month", "", ["2025-11", "2025-10", "2025-09"]),
            ("monthly_report", "month", "2024-0", ["2024-09", "2024-08", "2024-07"]),
            ("daily_close", "date", "2025-11-0", ["2025-11-09", "2025-11-08", "2025-11-07"]),
            ("waste_review", "reason", "DA", ["damaged", "end_of_day"]), ("low_stock_order", "threshold", "1", ["10"]),
            ("customer_follow_up", "days", "", ["30", "14", "60"]),
        ])
    func completion(name: String, argument: String, typed: String, expected: [String]) throws {
        let prompt = try #require(self.prompts.first { $0.name == name })
        let complete = try #require(prompt.arguments.first { $0.name == argument }?.complete)
        #expect(Array(complete(CompletionCall(name: argument, value: typed)).prefix(3)) == expected)
    }

    @Test(
        "days and months are checked and counted",
        arguments: [
            ("2025-11-24", true), ("2024-02-29", true), ("2023-02-29", false), ("2000-02-29", true),
            ("1900-02-29", false), ("2025-04-31", false), ("2025-4-3", false), ("2025-11-00", false),
            ("2025/11/24", false), ("+025-11-24", false), ("2025-11-24x", false), ("", false),
        ])
    func days(text: String, isDay: Bool) {
        #expect(ShopDate.isDay(text) == isDay)
        #expect(ShopDate.month(before: 23, now: Self.now) == "2023-12")
        #expect(ShopDate.month(before: "2025-01") == "2024-12" && ShopDate.month(before: "2025") == nil)
    }
}
