import JSON

@testable import DemoAPI

extension AnswerTask {
    private static let getCustomers = "import { getCustomers } from \"./tools/customers/getCustomers.js\";\n"

    static let customers: [AnswerTask] = [
        AnswerTask(
            "How many customers do we have?", "¿Cuántos clientes tenemos?", calls: 1,
            getCustomers + "(await getCustomers()).length;"
        ) { JSONValue($0.customers.count) },
        AnswerTask(
            "How many customers have no email address?", "¿Cuántos clientes no tienen correo?", calls: 1,
            getCustomers + "(await getCustomers()).filter((customer) => !customer.email).length;"
        ) { facts in JSONValue(facts.customers.count { $0.email == nil }) },
        AnswerTask(
            "How many customers never bought anything?", "¿Cuántos clientes nunca han comprado?", calls: 1,
            getCustomers + "(await getCustomers()).filter((customer) => !customer.lastTransaction).length;"
        ) { facts in JSONValue(facts.customers.count { $0.lastTransaction == nil }) },
        AnswerTask(
            "How many customers have not bought for 30 days?", "¿Cuántos clientes llevan 30 días sin comprar?",
            calls: 1,
            """
            import { getIdleCustomers } from "./tools/customers/getIdleCustomers.js";
            (await getIdleCustomers({ days: 30 })).length;
            """
        ) { facts in
            JSONValue(facts.customers.count { $0.lastTransaction.map { $0 <= facts.now.adding(days: -30) } ?? false })
        },
        AnswerTask(
            "Which names do several customers share?", "¿Qué nombres se repiten entre los clientes?", calls: 1,
            getCustomers + """
                import { countBy } from "./lib/group.js";
                countBy(await getCustomers(), (c) => `${c.firstName} ${c.lastName}`)
                  .filter(({ count }) => count > 1).map(({ key }) => key).sort();
                """
        ) { facts in
            ShopFacts.sorted(
                ShopFacts.sums(facts.customers, by: \.name) { _ in 1 }.filter { $0.sum > 1 }.map(\.key))
        },
        AnswerTask(
            "Whose phone number is …?", "¿De quién es el teléfono …?", calls: 1,
            { facts in
                "import { findCustomers } from \"./tools/customers/findCustomers.js\";\n" + """
                    const [found] = await findCustomers({ phone: "+57 \(facts.customers[3].phoneNumber)" });
                    `${found.firstName} ${found.lastName}`;
                    """
            }
        ) { .string($0.customers[3].name) },
        AnswerTask(
            "Find a customer whose name I cannot spell.", "Busca un cliente cuyo nombre no sé escribir.", calls: 1,
            { facts in
                let plain = (facts.accented?.name ?? "").map { letter in
                    ["á": "a", "é": "e", "í": "i", "ó": "o", "ú": "u", "ñ": "n"][letter] ?? String(letter)
                }
                return "import { findCustomers } from \"./tools/customers/findCustomers.js\";\n"
                    + "(await findCustomers(\"\(plain.joined().lowercased())\"))[0].id;"
            }
        ) { .string("\($0.accented!.id)") },
        AnswerTask(
            "What is the phone number of customer …?", "¿Cuál es el teléfono del cliente …?", calls: 1,
            { facts in
                "import { getCustomerById } from \"./tools/customers/getCustomerById.js\";\n"
                    + "(await getCustomerById({ id: \"\(facts.customers[5].id)\", include: [\"phoneNumber\"] })).phoneNumber;"
            }
        ) { .string($0.customers[5].phoneNumber) },
        AnswerTask(
            "How many purchases has our largest debtor made, and what is due?",
            "¿Cuántas compras ha hecho nuestro mayor deudor y cuánto debe?", calls: 1,
            { facts in
                """
                import { getCustomerTransactions } from "./tools/customers/getCustomerTransactions.js";
                import { balance, sumMoney } from "./lib/money.js";
                const { transactions } = await getCustomerTransactions({ customerId: "\(facts.debts[0].customer.id)", allPages: true });
                [transactions.length, sumMoney(transactions.filter((sale) => !sale.settled), balance)];
                """
            }
        ) { facts in
            let (customer, cents) = facts.debts[0]
            return [JSONValue(facts.sales.count { $0.customerID == customer.id }), ShopFacts.money(cents)]
        },
        AnswerTask(
            "What would it take to settle our largest debtor?", "¿Qué falta para saldar a nuestro mayor deudor?",
            calls: 2,
            { facts in
                """
                import { settleCustomer } from "./workflows/settleCustomer.js";
                const { due, openSales, dryRun } = await settleCustomer("\(facts.debts[0].customer.id)");
                [due, openSales.length, dryRun];
                """
            }
        ) { facts in
            let (customer, cents) = facts.debts[0]
            return [
                ShopFacts.money(cents), JSONValue(facts.unsettled.count { $0.customerID == customer.id }), true,
            ]
        },
        AnswerTask(
            "When did customer … last buy?", "¿Cuándo compró por última vez el cliente …?", calls: 1,
            { facts in
                "import { getCustomerById } from \"./tools/customers/getCustomerById.js\";\n"
                    + "(await getCustomerById(\"\(facts.debts[1].customer.id)\")).lastTransaction;"
            }
        ) { facts in .string(facts.debts[1].customer.lastTransaction?.description ?? "") },
        AnswerTask(
            "Which product does customer … buy most?", "¿Qué es lo que más compra el cliente …?", calls: 1,
            { facts in
                """
                import { getCustomerTransactions } from "./tools/customers/getCustomerTransactions.js";
                import { sumBy } from "./lib/group.js";
                const { transactions } = await getCustomerTransactions({ customerId: "\(facts.debts[0].customer.id)", allPages: true });
                sumBy(transactions.flatMap((t) => t.products).filter((l) => l.productId), "productId.name", "quantity")[0].sum;
                """
            }
        ) { facts in
            let lines = facts.sales.filter { $0.customerID == facts.debts[0].customer.id }.flatMap(\.lines)
                .filter { facts.store.products[$0.productID] != nil }
            return JSONValue(ShopFacts.sums(lines, by: \.productID) { $0.quantity }[0].sum)
        },
        AnswerTask(
            "How many customers owe us money and how many stayed away for 45 days?",
            "¿Cuántos clientes nos deben y cuántos llevan 45 días sin venir?", calls: 4,
            """
            import { customerFollowUp } from "./workflows/customerFollowUp.js";
            const { owing, away } = await customerFollowUp({ days: 45, limit: 1000 });
            [owing.length, away.length];
            """
        ) { facts in
            let away = facts.customers.count { $0.lastTransaction.map { $0 <= facts.now.adding(days: -45) } ?? false }
            return [JSONValue(facts.debts.count), JSONValue(away)]
        },
    ]
}
