import DemoAPI
import Foundation
import JSON
import Testing

@testable import BiteTrack

/// What `types.d.ts` promises of results is what the API answers, in both directions.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct ResultShapeTests {
    /// The members of a type: name, and whether it may be absent.
    private typealias Members = [String: Bool]

    /// Members of `export interface name` in the declarations of a folder.
    private func interface(_ name: String, _ folder: String) throws -> Members {
        let types = try #require(try ToolCatalogue.load().text(of: "\(folder)/types.d.ts"))
        let body = try #require(
            types.components(separatedBy: "export interface \(name) {\n").dropFirst().first?.components(
                separatedBy: "\n}"
            ).first)
        var members: Members = [:]
        for match in body.matches(of: #/(?m)^  (\w+)(\??): /#) { members[String(match.1)] = match.2 == "?" }
        return members
    }

    /// Members of the object in a function's return type.
    private func result(_ module: String) throws -> Members {
        let type = try #require(try ToolCatalogue.load().module(at: module)).documentation.returnType
        var members: Members = [:]
        var (depth, name, isName) = (0, "", true)
        for character in type.drop(while: { $0 != "{" }) {
            if "{([<".contains(character) { depth += 1 } else if "})]>".contains(character) { depth -= 1 }
            if depth == 1, character == "{" || character == "," {
                (name, isName) = ("", true)
            } else if depth == 1, character == ":", isName {
                members[name.filter { $0 != "?" }] = name.hasSuffix("?")
                isName = false
            } else if isName, depth == 1, character != " " {
                name.append(character)
            }
            if depth == 0 { break }
        }
        return members
    }

    private func expect(_ rows: JSONValue?, are members: Members, _ name: String) {
        let objects = rows?.arrayValue ?? [rows ?? .null]
        #expect(!objects.isEmpty && !members.isEmpty, "\(name)")
        for object in objects {
            let names = Set((object.objectValue ?? [:]).map(\.0))
            let missing = Set(members.filter { !$0.value }.keys).subtracting(names)
            #expect(missing.isEmpty, "\(name): \(missing.sorted()) promised, not there")
            let unknown = names.subtracting(members.keys)
            #expect(unknown.isEmpty, "\(name): \(unknown.sorted()) there, not promised")
        }
    }

    @Test("entities have the members their interfaces say")
    func entities() async throws {
        try await ServiceBench.with { bench in
            let answer = try await bench.run(
                """
                import { login } from "./tools/auth/login.js"; import * as sales from "./tools/sales"; import * as customers from "./tools/customers";
                import * as products from "./tools/products"; import * as drops from "./tools/inventory-drops"; import * as sellers from "./tools/sellers";
                import * as reporting from "./tools/reporting";
                await login({ email: "superadmin@demo.test", password: "DemoSuper1!" });
                const pick = (rows) => [...rows.slice(0, 12), ...rows.slice(-12)];
                const { sales: all } = await sales.getSales({ allPages: true });
                const people = await customers.getCustomers();
                const buyer = people.find((c) => c.lastTransaction);
                ({ Sale: pick(all), SaleLine: all[0].products, Customer: pick(people), Product: pick(await products.getProducts()),
                  Transaction: (await customers.getCustomerTransactions({ customerId: buyer.id })).transactions,
                  InventoryDrop: pick((await drops.getInventoryDrops({ allPages: true, includeUndone: true })).drops),
                  Seller: await sellers.getSellers(), SalesAnalytics: await reporting.getSalesAnalytics({ groupBy: "month" }) });
                """)
            #expect(!answer.isError, "\(answer.text)")
            var value = answer.value
            if value == nil, let handle = answer.structure?["handle"]?.stringValue {
                // Too big to show: read it piece by piece.
                var pieces: JSONObject = [:]
                for name in Self.interfaces.map(\.name) {
                    let piece = try await bench.run(
                        "import { open } from './lib/results.js'; const rows = (await open('\(handle)')).\(name); "
                            + "Array.isArray(rows) ? rows.map((row) => Object.fromEntries(Object.keys(row).map((k) => [k, 0]))) : rows;"
                    )
                    pieces.append(name, piece.value ?? .null)
                }
                value = .object(pieces)
            }
            for (name, folder) in Self.interfaces {
                self.expect(value?[name], are: try self.interface(name, folder), name)
            }
        }
    }

    private static let interfaces: [(name: String, folder: String)] = [
        ("Sale", "tools/sales"), ("SaleLine", "tools/sales"), ("Customer", "tools/customers"),
        ("Product", "tools/products"),
        ("Transaction", "tools/customers"), ("InventoryDrop", "tools/inventory-drops"), ("Seller", "tools/sellers"),
        ("SalesAnalytics", "tools/reporting"),
    ]

    private static let calls: [(path: String, arguments: String)] = [
        ("tools/auth/whoAmI.js", ""), ("tools/auth/refreshToken.js", ""),
        ("tools/auth/getSellerStatus.js", "\"maria@demo.test\""),
        ("tools/sales/getSales.js", "{ limit: 1 }"), ("tools/sales/getSales.js", "{ allPages: true, settled: false }"),
        ("tools/sales/getSaleById.js", "sale"), ("tools/sales/getUnsettledTotals.js", ""),
        ("tools/products/getInventoryLevels.js", ""), ("tools/customers/getCustomerTransactions.js", "customer"),
        ("tools/reporting/getTopProducts.js", "{ limit: 3 }"),
        ("tools/reporting/exportSales.js", "{ startDate: \"2001-01-01\", endDate: \"2001-01-01\" }"),
        ("tools/inventory-drops/getInventoryDrops.js", "{ limit: 1 }"),
        ("tools/inventory-drops/getInventoryDropById.js", "drop"),
        ("tools/inventory-drops/getUndoableDrops.js", ""), ("tools/inventory-drops/getDropAnalytics.js", ""),
        ("tools/sellers/getPendingSellers.js", ""), ("tools/status/getHealth.js", ""),
        ("tools/status/getDatabaseHealth.js", ""), ("tools/status/getApiInfo.js", ""), ("workflows/dailyClose.js", ""),
        ("workflows/monthlyReport.js", ""), ("workflows/customerFollowUp.js", ""), ("workflows/lowStockOrder.js", ""),
        ("workflows/wasteReview.js", ""), ("workflows/settleCustomer.js", "customer"),
    ]

    @Test("functions answer with the members their return types say")
    func results() async throws {
        var demo = DemoConfiguration()
        demo.rateLimit = 10_000
        try await ServiceBench.with(demo: demo) { bench in
            for (path, arguments) in Self.calls {
                let name = path.split(separator: "/").last.map { String($0.dropLast(3)) } ?? ""
                let answer = try await bench.run(
                    """
                    import { login } from "./tools/auth/login.js"; import * as s from "./tools/sales/getSales.js"; import * as d from "./tools/inventory-drops/getInventoryDrops.js";
                    import * as module from "./\(path)";
                    await login({ email: "superadmin@demo.test", password: "DemoSuper1!" });
                    const { sales } = await s.getSales({ limit: 20 });
                    const sale = sales[0].id, customer = sales.find((x) => x.customerId).customerId.id, drop = (await d.getInventoryDrops({ limit: 1 })).drops[0].id;
                    const keys = (value) => Object.fromEntries(Object.keys(value).map((key) => [key, 0]));
                    const value = await module.\(name)(\(arguments));
                    Array.isArray(value) ? value.map(keys) : keys(value);
                    """, session: "\(path) \(arguments)")
                #expect(!answer.isError, "\(path): \(answer.text)")
                self.expect(answer.value, are: try self.result(path), path)
            }
        }
    }
}
