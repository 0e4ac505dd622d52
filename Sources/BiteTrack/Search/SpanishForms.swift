/// The regular forms of Spanish verbs and adjectives, without accents, as people write them to a shop's assistant.
enum SpanishForms {
    /// Present, preterite, imperfect, future, conditional, subjunctive, participles, gerund, and forms with pronouns.
    ///
    /// - Parameters:
    ///   - verb: The infinitive, such as `pagar`.
    ///   - changed: The stem of stressed forms where it differs, such as `cierr` of `cerrar`.
    static func verb(_ verb: String, changed: String? = nil) -> [String] {
        let stem = String(verb.dropLast(2))
        let strong = changed ?? stem
        let isFirst = verb.hasSuffix("ar")
        let (soft, softStrong) = isFirst ? (self.beforeE(stem), self.beforeE(strong)) : (stem, strong)
        var forms = [verb]
        func add(_ stem: String, _ endings: String) {
            forms += endings.parts(between: " ").map { stem + ($0 == "-" ? "" : $0) }
        }
        if isFirst {
            add(strong, "o a as an alo ala alos alas ame anos")
            add(soft, "e emos aste")
            add(softStrong, "e es en")
            add(stem, "amos aste o aron aba abas aban abamos ado ada ados adas ando andolo arlo arla arlos arlas arle")
            add(stem, "arles arme arnos arse are ara aremos aran aria arian")
        } else {
            add(strong, "o e es en a as an amos")
            add(stem, "emos imos i iste io ieron ia ias ian iamos ido ida idos idas iendo")
            add(verb, "lo la los las le les me nos se e a emos an ia ian")
        }
        return forms
    }

    /// Both genders in both numbers of an adjective or participle whose ending is left out, such as `nuev`.
    static func adjective(_ stem: String) -> [String] { ["o", "a", "os", "as"].map { stem + $0 } }

    /// The stem of a verb in `-ar` as it is written before an `e`: `pagu`, `busqu`, `actualic`.
    private static func beforeE(_ stem: String) -> String {
        switch stem.last {
        case "g": stem + "u"
        case "c": stem.dropLast() + "qu"
        case "z": stem.dropLast() + "c"
        default: stem
        }
    }
}
