import Testing

@testable import BiteTrack

struct LexiconTests {
    private func meanings(_ text: String, in lexicon: Lexicon = .shared) -> [[String]] {
        let reading = SearchTerms.read(text)
        return lexicon.parts(of: reading.words, stems: reading.stems).map { part in
            part.senses.map { lexicon.meanings[$0.meaning] }.sorted()
        }
    }

    @Test("the lexicon says what every module is about, and of no other")
    func topics() throws {
        let modules = try ToolCatalogue.load().modules.map(\.name)
        #expect(Set(Lexicon.moduleTopics.keys) == Set(modules).subtracting(["shop"]))
        #expect(Lexicon.shared.topics.values.allSatisfy { !$0.isEmpty })
    }

    @Test("words, forms, phrases, and phrases around other words have their meanings")
    func entries() {
        let lexicon = Lexicon(
            """
            drop 1: waste, nuev@, botar*
            low 1: run out, take … off, out of stock
            sale 0.5: sold, waste
            only 1: =toss
            """)
        #expect(self.meanings("wastes", in: lexicon) == [["drop", "sale"]])
        #expect(self.meanings("nuevas nuevo nueve", in: lexicon) == [["drop"], ["drop"], []])
        #expect(self.meanings("botamos botaron bote botarlo", in: lexicon) == Array(repeating: ["drop"], count: 4))
        #expect(self.meanings("running out of bread", in: lexicon) == [["low"], [], []])
        #expect(self.meanings("out of stock", in: lexicon) == [["low"]])
        #expect(self.meanings("take the pasta off", in: lexicon) == [["low"], [], []])
        #expect(self.meanings("take the old cold pasta off", in: lexicon) == Array(repeating: [], count: 6))
        #expect(self.meanings("take off", in: lexicon) == [[], []])
        #expect(self.meanings("toss tossed", in: lexicon) == [["only"], []])
        #expect(lexicon.senses["sold"] == [Lexicon.Sense(meaning: 2, strength: 0.5)])
    }

    @Test(
        "Spanish verbs are known in the forms people write",
        arguments: [
            ("pagar", nil, ["pago", "pague", "paguen", "pagaron", "pagado", "pagarle", "pagaremos"]),
            ("vender", nil, ["vendo", "vendimos", "vendio", "vendidos", "vendiendo", "venderlo", "venderan"]),
            ("buscar", nil, ["busco", "busque", "buscando", "buscame"]),
            ("cerrar", "cierr", ["cierro", "cierra", "cierre", "cerramos", "cerrado"]),
            ("actualizar", nil, ["actualice", "actualizo"]),
        ] as [(String, String?, [String])])
    func verbs(verb: String, changed: String?, forms: [String]) {
        #expect(Set(forms).subtracting(SpanishForms.verb(verb, changed: changed)) == [])
    }

    @Test("an id asks for one thing, whatever its digits")
    func ids() throws {
        let search = ToolSearch(try ToolCatalogue.load())
        #expect(search.modules(for: "product 65aa00000000000000000001").first?.name == "getProductById")
        #expect(search.modules(for: "customer 0123456789abcdef01234567").first?.name == "getCustomerById")
    }
}
