import CodeSandbox
import JSON
import Testing

@testable import BiteTrack

/// The index finds what the plain scoring finds, and looks at little for it.
struct SearchRankingTests {
    /// Queries as people and models write them.
    private static let queries = [
        "", " ", "?!", "¿?", "—", "\r\n", "🍰", "the of", "a", "s", "7", "42", "2026-11-25", "the 7 of 9",
        "unpaid sales this month", "getSales", "getSaleById", "get sale by id", "sales", "sale", "sal", "sa", "list",
        "login", "log in with password", "top selling products by revenue this week", "who bought the most cookies?",
        "weather in Paris", "customer purchase history", "which clients owe us money", "expired and thrown away",
        "stock of item", "settlementStatus", "startDate endDate", "CUSTOMERS", "Customers", "cUsToMeRs",
        "customerID", "HTTPServer", "customer customer customer", "prod", "produc", "cust", "trans", "invent", "drop",
        "dropped", "dropping", "drops", "categories", "category", "settled", "settlement", "paging", "pages", "needed",
        "miss", "missed", "selling", "seller", "using", "used", "daily", "monthly totals", "one", "single",
        "ventas pendientes", "ventas de hoy", "iniciar sesión", "INICIAR SESIÓN", "contraseña", "compras de un cliente",
        "¿Cuánto vendimos este mes?", "historial de compras", "reporte de ingresos", "estadísticas de ventas",
        "artículos vencidos", "mermas del mes", "precio de los productos", "facturación", "desperdicio", "año",
        "pingüino", "menú del día", "clientes inactivos", "deudas impagadas", "café", "CAFÉ", "façade", "fac\u{327}ade",
        "sesio\u{301}n", "SESIO\u{301}N", "contrasen\u{303}a", "a\u{308}rger", "naïve résumé", "Müller Straße",
        "prodüct", "prod\u{308}uct", "sаles", "売上 報告", "Продажи клиентов", "продажиКлиентов", "πωλήσεις ΠΕΛΆΤΗΣ",
        "مبيعات الشهر", "बिक्री रिपोर्ट", "한국어 판매", "ﬁnance", "ǅungla", "İstanbul", "1½ cups", "x² + y²", "№5", "Ⅷ",
        "sales—today", "“sales” ‘report’…", "client’s debt", "e-mail@example.test", "sales\u{200D}report",
        "sales\u{FE0F}", "ªº", "\u{AD}sa\u{AD}les", "sales\0report", "getSalesAnalytics2Go", "a1B2c3",
        String(repeating: "sales by customer and product ", count: 12),
        String(repeating: "prodcut revenve ", count: 30),
        String(repeating: "x", count: 299) + " sales", String(repeating: "y", count: 301) + " sales",
        String(repeating: "\r\n", count: 200) + "sales", String(repeating: "é", count: 299) + " sales",
        String(repeating: "ventas y más ", count: 40), String(repeating: "売", count: 400),
        String(repeating: "-", count: 290) + "product\u{301}s and sales",
        String(repeating: "-", count: 293) + "product\u{301}s",
    ]

    /// Words of the bundled modules and their synonyms, with slips of one or two letters.
    private static let misspelt: [String] = {
        let words = [
            "customer", "clientes", "transactions", "inventory", "products", "analytics", "unsettled", "revenue",
            "password", "purchases", "settled", "category", "desperdicio", "reporte", "getSaleById", "email",
        ]
        var random = SplitMix(state: 7)
        return (0..<240).map { number in
            var letters = Array(words[number % words.count])
            for _ in 0...(number / words.count % 2) { random.slip(in: &letters) }
            return number % 3 == 0 ? String(letters) + " sales" : String(letters)
        }
    }()

    private func expectEqual(_ queries: [String], in catalogue: ToolCatalogue) {
        let search = ToolSearch(catalogue)
        let reference = ReferenceSearch(catalogue)
        for (number, query) in queries.enumerated() {
            let category = number % 4 == 3 ? catalogue.categories[number / 4 % catalogue.categories.count] : nil
            let expected = reference.ranking(for: query, category: category)
            let hits = search.ranking(for: query, category: category).hits
            #expect(hits.map { search.modules[$0.module].path } == expected.map(\.path), "\(query)")
            let isClose = zip(hits, expected).allSatisfy { abs($0.score - $1.score) <= 1e-12 * $1.score }
            #expect(isClose, "\(query): \(hits.map(\.score)), not \(expected.map(\.score))")
        }
    }

    @Test("queries of every kind are ranked with the scores of the plain scoring")
    func queries() throws {
        #expect(Self.queries.count + Self.misspelt.count > 350)
        self.expectEqual(Self.queries, in: try ToolCatalogue.load())
    }

    @Test("misspelt queries are ranked with the scores of the plain scoring")
    func misspelt() throws {
        let catalogue = try ToolCatalogue.load()
        self.expectEqual(Self.misspelt, in: catalogue)
        let search = ToolSearch(catalogue)
        let found = Self.misspelt.count { !search.ranking(for: $0).hits.isEmpty }
        #expect(found > 150, "the slips found \(found) times")
    }

    @Test("modules documented in any script are ranked with the scores of the plain scoring")
    func otherScripts() throws {
        func file(_ path: String, _ text: String) -> VirtualFile {
            VirtualFile(path: "tools/\(path).js", text: "/**\n * \(text)\n */\nexport async function f(params = {}) {}")
        }
        let catalogue = try ToolCatalogue(files: [
            file("a/façadeMenú", "Façades and cafés of a naïve Straße. Покупки клиентов, 売上 報告. Price."),
            file("a/fac\u{327}onner", "Seasoned fac\u{327}on; Ärger; προϊόντα customers and sales; price."),
            file("b/getÑandú", "Ñandúes, façonnage and clients' mеnus. 2½ cups of x²; price."),
            file("b/s", "Sales of the day, the price of each product."),
        ])
        let words = ["façade", "fac\u{327}ade", "fac\u{327}on", "faço", "facade", "faxade", "покупка", "покупки", "売上"]
        let more = [
            "προϊόν", "strasse", "straße", "straß", "menu", "mеnu", "ñandu", "nandu", "2½", "½", "arger", "price",
        ]
        self.expectEqual(words + more + Self.queries + Self.misspelt, in: catalogue)
    }

    @Test("words and stems are those of the plain reading")
    func terms() {
        for text in Self.queries + Self.misspelt {
            let words = ReferenceSearch.words(of: text)
            #expect(SearchTerms.words(of: text) == words)
            #expect(words.map(SearchTerms.stem) == words.map(ReferenceSearch.stem))
            let reading = SearchTerms.read(text)
            #expect(reading.words == words && reading.stems == words.map(ReferenceSearch.stem))
            #expect(SearchTerms.read(text, atMost: 2).stems == Array(reading.stems.prefix(2)))
        }
    }

    @Test("a slip is a distance of one")
    func slips() {
        var random = SplitMix(state: 3)
        var slips = 0
        for _ in 0..<4000 {
            var words = (0..<2).map { _ in (0..<random.next(below: 5)).map { _ in "abc".randomElement(using: &random)! }
            }
            if Bool.random(using: &random) {
                words[1] = words[0]
                random.slip(in: &words[1])
            }
            let (first, second) = (String(words[0]), String(words[1]))
            let isSlip = Spelling.isOneSlip(Array(first.unicodeScalars), Array(second.unicodeScalars))
            #expect(isSlip == (Spelling.distance(first, second, limit: 1) == 1), "\(first) \(second)")
            if isSlip { slips += 1 }
        }
        #expect(slips > 1000 && slips < 3500)
    }

    @Test("all that begins with a word or is one slip from it is considered")
    func vocabulary() {
        var random = SplitMix(state: 5)
        let words = (0..<300).map { _ in
            String((0..<(1 + random.next(below: 6))).map { _ in "abcdé".randomElement(using: &random)! })
        }
        let vocabulary = Vocabulary(Set(words))
        for word in words.prefix(100) + ["", "zzz", "a", "aaaaaaaaaaaaaaa"] {
            let beginning = vocabulary.numbers(beginningWith: word).map { vocabulary.words[$0] }
            #expect(beginning == vocabulary.words.filter { $0.hasPrefix(word) })
            let scalars = Array(word.unicodeScalars)
            let slips = vocabulary.numbers(resembling: scalars).filter { vocabulary.isOneSlip($0, from: scalars) }
            let expected = vocabulary.words.indices.filter {
                Spelling.distance(vocabulary.words[$0], word, limit: 1) == 1
            }
            #expect(slips.sorted() == expected, "\(word)")
        }
    }

    @Test("few words are compared letter by letter, whatever is asked")
    func work() throws {
        let search = ToolSearch(try ToolCatalogue.load())
        #expect(search.compared(for: "unpaid customer sales report") == 0, "known words need no comparison")
        #expect(search.compared(for: "custmers") <= 60)
        #expect((1...60).contains(search.compared(for: "prodcut")))
        #expect(search.compared(for: String(repeating: "x", count: 100_000)) == 0)
        #expect(search.compared(for: "a" + String(repeating: "\u{301}", count: 100_000)) == 0)
        let words = Self.misspelt.joined(separator: " ")
        let most = Self.misspelt.map { search.compared(for: $0) }.max() ?? 0
        #expect(most <= 100, "\(most)")
        for long in [words, String(repeating: "stale ", count: 20_000), String(repeating: "売上 ", count: 20_000)] {
            #expect(search.compared(for: long) <= ToolSearch.mostWords * 100, "\(search.compared(for: long))")
        }
    }

    @Test(
        "a query is cut at 300 characters, and at 1000 scalars",
        arguments: [
            (String(repeating: "x", count: 300), 300), (String(repeating: "x", count: 301), 300),
            (String(repeating: "\r\n", count: 301), 300), (String(repeating: "é", count: 301), 300),
            (String(repeating: "x", count: 299) + "e\u{301}x", 300),
            ("a" + String(repeating: "\u{301}", count: 100_000) + "b", 1),
            (String(repeating: "x", count: 100_000), 300),
        ])
    func cut(query: String, characters: Int) {
        let cut = ToolSearch.cut(query)
        #expect(cut.count == characters)
        #expect(cut.unicodeScalars.count <= 1000)
        #expect(query.unicodeScalars.starts(with: cut.unicodeScalars))
        if query.unicodeScalars.count < 1000 { #expect(cut == query.prefix(300)) }
    }

    @Test("an answer echoes little of a query that finds nothing, however its characters are made")
    func echo() throws {
        let catalogue = try ToolCatalogue.load()
        var request = try SearchRequest(["query": "x"], categories: [])
        request.query = "zzz a" + String(repeating: "\u{301}", count: 100_000)
        let text = SearchAnswer(request, search: ToolSearch(catalogue), catalogue: catalogue).text
        #expect(text.hasPrefix("No tool matches") && text.utf8.count < 2500)
    }
}

extension ToolSearch {
    fileprivate func compared(for query: String) -> Int { self.ranking(for: query).compared }
}

/// A sequence of numbers that is the same in every run.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        self.state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (self.state ^ (self.state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func next(below bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

    /// Adds, loses, replaces or swaps letters at one place.
    mutating func slip(in letters: inout [Character]) {
        let letter = "abcest".randomElement(using: &self)!
        guard letters.count >= 2 else { return letters.append(letter) }
        let place = self.next(below: letters.count - 1)
        switch self.next(below: 4) {
        case 0: letters.insert(letter, at: place)
        case 1: letters.remove(at: place)
        case 2: letters[place] = letter
        default: letters.swapAt(place, place + 1)
        }
    }
}
