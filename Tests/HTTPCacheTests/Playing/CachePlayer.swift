import CacheScenarios
import HTTPSyntax
import NIOCore
import NIOHTTP1

@testable import HTTPCache

/// Plays a scenario against the cache alone: client, origin and clock are its own.
struct CachePlayer {
    struct Exchange {
        var status: Int
        var headers: HTTPHeaders
        var body: String
        /// How often the origin had been asked before and after the client had its answer.
        var asked: Range<Int>
    }

    private let cache: HTTPCache
    private let scenario: CacheScenario
    private var now = Moment(steadyMilliseconds: 5_000_000, wallMilliseconds: 1_800_000_000_400)
    private var requests: [HTTPHeaders] = []
    private var sent: HTTPHeaders = [:]
    private var failures: [String] = []

    init(_ scenario: CacheScenario, configuration: CacheConfiguration = CacheConfiguration()) {
        self.scenario = scenario
        self.cache = HTTPCache(configuration: configuration)
    }

    /// - Returns: what was not as expected.
    mutating func play() -> [String] {
        for number in self.scenario.steps.indices {
            let exchange = self.exchange(number)
            self.judge(exchange, number)
            self.now = self.now.advanced(byMilliseconds: Int64(self.scenario.steps[number].pause) * 1000)
        }
        return self.failures
    }

    private mutating func exchange(_ number: Int) -> Exchange {
        let step = self.scenario.steps[number]
        let request = CacheRequest(
            method: HTTPMethod(rawValue: step.method), authority: "cache.example", target: self.target(step),
            headers: self.realised(step.request), hasBody: step.requestBody != nil)
        let before = self.requests.count
        switch self.cache.lookup(request, now: self.now) {
        case .answer(let answer): return self.given(answer, before)
        case .answerAndRefresh(let answer, let plan):
            let exchange = self.given(answer, before)
            _ = self.forwarded(plan, number, before)
            return exchange
        case .forward(let plan): return self.forwarded(plan, number, before)
        case .gatewayTimeout: return Exchange(status: 504, headers: [:], body: "", asked: before..<before)
        }
    }

    private mutating func forwarded(_ plan: ForwardPlan, _ number: Int, _ before: Int) -> Exchange {
        self.requests.append(plan.headers)
        self.now = self.now.advanced(byMilliseconds: 3)
        guard let response = self.origin(plan, number) else {
            return self.cache.unanswered(plan, now: self.now).map { self.given($0, before) }
                ?? Exchange(status: 502, headers: [:], body: "", asked: before..<self.requests.count)
        }
        let status = HTTPResponseStatus(statusCode: response.status)
        switch self.cache.received(status: status, headers: response.headers, for: plan, now: self.now) {
        case .relay(_, let keeping):
            if let keeping { self.cache.keep(keeping, body: ByteBuffer(string: response.body)) }
            return Exchange(
                status: response.status, headers: response.headers, body: response.body, asked: before..<self.requests.count)
        case .answer(let answer): return self.given(answer, before)
        case .askAgain(let plan): return self.forwarded(plan, number, before)
        }
    }

    private mutating func origin(_ plan: ForwardPlan, _ number: Int) -> (status: Int, headers: HTTPHeaders, body: String)? {
        let step = self.scenario.steps[number]
        guard !step.answer.disconnects else { return nil }
        var headers = self.realised(step.answer.fields)
        for (name, value) in headers { self.sent.replaceOrAdd(name: name, value: value) }
        headers.add(name: "x-step", value: String(number))
        var status = step.answer.status
        if case .validated(by: let field) = step.expected.source, plan.headers.contains(name: field) { status = 304 }
        let body = step.answer.body ?? "body of step \(number)"
        let isEmpty = status == 204 || status == 304 || step.method == "HEAD"
        if !isEmpty, !headers.contains(name: "content-length") {
            headers.add(name: "content-length", value: String(body.utf8.count))
        }
        return (status, headers, isEmpty ? "" : body)
    }

    private mutating func given(_ answer: CachedAnswer, _ before: Int) -> Exchange {
        var headers = answer.headers
        if let length = answer.contentLength { headers.add(name: "content-length", value: String(length)) }
        self.compareBytes(of: answer, with: headers)
        let body = answer.body.map { String(buffer: $0) } ?? "damaged"
        return Exchange(status: Int(answer.status.code), headers: headers, body: body, asked: before..<self.requests.count)
    }

    /// The bytes of an answer say what its headers say.
    private mutating func compareBytes(of answer: CachedAnswer, with headers: HTTPHeaders) {
        guard let (head, rest) = answer.http1Message(allocator: ByteBufferAllocator()) else { return }
        let text = String(buffer: head) + (rest.map { String(buffer: $0) } ?? "")
        let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        let lines = parts[0].split(separator: "\r\n")
        if !lines[0].hasPrefix("HTTP/1.1 \(answer.status.code) ") { self.failures.append("status line \(lines[0])") }
        let told = headers.map { "\($0.name.lowercased()): \($0.value)" }.sorted()
        let written = lines.dropFirst().map { line in
            let colon = line.firstIndex(of: ":") ?? line.startIndex
            return line[..<colon].lowercased() + String(line[colon...])
        }.sorted()
        if told != written { self.failures.append("bytes \(written) for headers \(told)") }
        if answer.body.map({ String(buffer: $0) }) != String(parts[1]) {
            self.failures.append("another body in bytes")
        }
    }

    // MARK: Judging

    private mutating func judge(_ exchange: Exchange, _ number: Int) {
        let step = self.scenario.steps[number]
        let expected = step.expected
        let origin = exchange.headers.first(name: "x-step").flatMap { Int($0) }
        func fail(_ text: String) { self.failures.append("step \(number): \(text)") }
        switch expected.source {
        case .origin:
            if origin != number || exchange.asked.isEmpty { fail("not from the origin: \(exchange)") }
        case .cache:
            let isStored = exchange.status == 304 || exchange.status == 416 ? exchange.asked.isEmpty : origin.map { $0 < number } ?? false
            if !isStored { fail("not from the store: \(exchange)") }
        case .validated(by: let field):
            if exchange.asked.isEmpty || !self.requests[exchange.asked.lowerBound].contains(name: field) {
                fail("not validated by \(field): \(exchange)")
            }
            if exchange.status != 304, exchange.body == "body of step \(number)" { fail("fetched again") }
        case .proxy:
            if origin != nil { fail("somebody's answer: \(exchange)") }
        case .anywhere: break
        }
        let isFetched: Bool = expected.source == .origin
        let status = expected.status ?? (isFetched ? step.answer.status : expected.source == .cache ? exchange.status : nil)
        if let status, status != exchange.status { fail("status \(exchange.status), not \(status)") }
        for (name, value) in expected.fields {
            let wanted = self.realised(value, name)
            let got = exchange.headers[name].joined(separator: ", ")
            if got != wanted { fail("\(name) is \(got), not \(wanted)") }
        }
        for name in expected.missing where exchange.headers.contains(name: name) { fail("\(name) is there") }
        if let body = expected.body, body != exchange.body { fail("body \(exchange.body), not \(body)") }
        if let age = expected.age, (exchange.headers.first(name: "age").flatMap { Int($0) } ?? -1) < age {
            fail("age \(exchange.headers["age"]), not \(age) or more")
        }
        for (name, value) in expected.seen {
            let got = self.requests.last?[name].joined(separator: ", ")
            if got != self.realised(value, name) { fail("the origin was sent \(name) \(got ?? "")") }
        }
    }

    // MARK: Values

    private func target(_ step: Step) -> String { "/scenario\(step.path)" }

    private func realised(_ fields: Fields) -> HTTPHeaders {
        HTTPHeaders(fields.map { ($0.name, self.realised($0.value, $0.name)) })
    }

    private func realised(_ value: FieldValue, _ name: String) -> String {
        switch value {
        case .text(let text): text
        case .date(let offset): "\(HTTPDate(secondsSinceEpoch: self.now.wallSeconds + offset))"
        case .longDate(let offset): LongDate.text(HTTPDate(secondsSinceEpoch: self.now.wallSeconds + offset))
        case .here(let path): "/scenario\(path)"
        case .asSent: self.sent.first(name: name) ?? "never sent"
        }
    }
}
