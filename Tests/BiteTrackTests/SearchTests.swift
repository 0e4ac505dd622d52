import JSON
import Testing

@testable import BiteTrack

struct SearchTests {
    @Test(
        "judged queries find their tool first",
        arguments: [
            ("login", "login"), ("sign in with email and password", "login"), ("authenticate", "login"),
            ("how do I log in?", "login"), ("iniciar sesión", "login"), ("lgoin", "login"),
            ("getSales", "getSales"), ("list sales", "getSales"), ("unpaid sales", "getSales"),
            ("unsettled sales by customer", "getSales"), ("sales of today", "getSales"),
            ("ventas pendientes", "getSales"),
            ("settlementStatus", "getSales"), ("getSale", "getSaleById"), ("one sale by id", "getSaleById"),
            ("products", "getProducts"), ("stock levels", "getProducts"), ("low stock items", "getProducts"),
            ("precio de los productos", "getProducts"), ("product by id", "getProductById"),
            ("customers", "getCustomers"), ("client list", "getCustomers"), ("inactive clients", "getCustomers"),
            ("clientes", "getCustomers"), ("custmers", "getCustomers"), ("customer by id", "getCustomerById"),
            ("purchase history of a customer", "getCustomerTransactions"), ("transactions", "getCustomerTransactions"),
            ("compras de un cliente", "getCustomerTransactions"),
            ("revenue per month", "getSalesAnalytics"), ("top selling products", "getSalesAnalytics"),
            ("sales report", "getSalesAnalytics"), ("analytics", "getSalesAnalytics"),
            ("best sellers", "getSalesAnalytics"),
            ("reporte de ingresos", "getSalesAnalytics"),
            ("waste", "getInventoryDrops"), ("spoiled food thrown away", "getInventoryDrops"),
            ("inventory drops", "getInventoryDrops"), ("expired products", "getInventoryDrops"),
            ("mermas del mes", "getInventoryDrops"),
        ])
    func ranking(query: String, expected: String) throws {
        let search = ToolSearch(try ToolCatalogue.load())
        #expect(search.modules(for: query).first?.name == expected, "\(search.modules(for: query).map(\.name))")
    }

    @Test("nothing fitting finds nothing", arguments: ["weather in Paris", "zzzz", "the of"])
    func nothing(query: String) throws {
        #expect(ToolSearch(try ToolCatalogue.load()).modules(for: query).isEmpty)
    }

    @Test("an empty query lists everything, a category only its own")
    func everything() throws {
        let search = ToolSearch(try ToolCatalogue.load())
        #expect(search.modules(for: " ").count == 10)
        #expect(search.modules(for: "", category: "sales").map(\.name) == ["getSaleById", "getSales"])
        #expect(search.modules(for: "by id", category: "products").map(\.category).allSatisfy { $0 == "products" })
    }

    @Test("the same query always gives the same order, whatever its length")
    func deterministic() throws {
        let catalogue = try ToolCatalogue.load()
        let long = String(repeating: "sales by customer and product ", count: 5000)
        for query in ["sales", "customer sales products", long] {
            let orders = (0..<5).map { _ in ToolSearch(catalogue).modules(for: query).map(\.path) }
            #expect(Set(orders).count == 1)
        }
    }

    @Test(
        "stems join forms of a word",
        arguments: [
            ("sales", "sale"), ("dropped", "drop"), ("settlement", "settled"), ("categories", "category"),
            ("selling", "sells"), ("purchases", "purchase"), ("products", "product"),
        ])
    func stems(first: String, second: String) {
        #expect(SearchTerms.stem(first) == SearchTerms.stem(second))
    }

    @Test("words are split at case changes and lose accents")
    func words() {
        #expect(SearchTerms.words(of: "getSaleById: sesión-NÚMERO") == ["get", "sale", "by", "id", "sesion", "numero"])
    }

    @Test(
        "distance counts edits and swaps up to its limit",
        arguments: [
            ("sale", "sale", 0), ("sale", "sales", 1), ("slae", "sale", 1), ("sale", "tale", 1), ("sale", "", 3),
            ("abc", "xyz", 3), ("ab", "ba", 1),
        ])
    func distance(first: String, second: String, expected: Int) {
        #expect(Spelling.distance(first, second, limit: 2) == expected)
    }

    @Test(
        "the nearest word is found when it is near",
        arguments: [
            ("catgory", "category"), ("LIMIT", "limit"), ("querry", "query"), ("banana", nil),
        ] as [(String, String?)])
    func nearest(word: String, expected: String?) {
        #expect(Spelling.nearest(to: word, in: ["query", "category", "limit"]) == expected)
    }
}
