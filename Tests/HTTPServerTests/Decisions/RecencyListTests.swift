import Testing

@testable import HTTPServer

struct RecencyListTests {
    /// Removes elements from the oldest on.
    private func drained(_ list: RecencyList<String>, _ places: [String: RecencyList<String>.Place]) -> [String] {
        var (list, order) = (list, [String]())
        while let oldest = list.oldest, let place = places[oldest] {
            order.append(oldest)
            list.remove(place)
        }
        return order
    }

    @Test(
        "keeps the order of last use",
        arguments: [("", "abcd"), ("a", "bcda"), ("d", "abcd"), ("bb", "acdb"), ("ca", "bdca")])
    func order(uses: String, expected: String) {
        var list = RecencyList<String>()
        var places: [String: RecencyList<String>.Place] = [:]
        for element in "abcd" { places[String(element)] = list.add(String(element)) }
        for use in uses { if let place = places[String(use)] { list.use(place) } }
        #expect(self.drained(list, places).joined() == expected)
    }

    @Test("gives the places of removed elements to new ones", arguments: ["a", "b", "c"])
    func reuse(removed: String) throws {
        var list = RecencyList<String>()
        var places: [String: RecencyList<String>.Place] = [:]
        for element in ["a", "b", "c"] { places[element] = list.add(element) }
        let place = try #require(places[removed])
        list.remove(place)
        places[removed] = nil
        places["d"] = list.add("d")
        #expect(list.count == 3)
        #expect(self.drained(list, places) == ["a", "b", "c", "d"].filter { $0 != removed })
    }

    @Test("is empty at first and at last")
    func empty() {
        var list = RecencyList<Int>()
        #expect(list.oldest == nil && list.count == 0)
        list.remove(list.add(1))
        #expect(list.oldest == nil && list.count == 0)
    }
}
