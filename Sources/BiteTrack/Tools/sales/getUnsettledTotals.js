import { check } from "../../lib/check.js";
import { balance, fromCents, cents } from "../../lib/money.js";
import { getSales } from "./getSales.js";

/**
 * Adds up what customers still owe: the total, and who owes how much since when.
 *
 * Counts unpaid and partly paid sales; money in major units, exact to the cent. Sales of deleted customers are one entry
 * with `customerId` null.
 *
 * Cost: one upstream call per 100 unsettled sales, reused for 30 s.
 *
 * @param {Object} [params]
 * @param {string} [params.startDate] - First UTC day, `YYYY-MM-DD`; omit for all times.
 * @param {string} [params.endDate] - Last UTC day, inclusive.
 * @param {string} [params.from] - Instant, inclusive, instead of startDate; `...thisMonth()` of ./lib/dates.js fits.
 * @param {string} [params.to] - Instant, excluded.
 * @param {string} [params.customerId] - Only this customer's; 24 hex digits.
 * @param {string} [params.sellerId] - Only this seller's; 24 hex digits.
 * @returns {Promise<{count: number, totalAmount: number, amountPaid: number, balance: number, customers:
 *   {customerId: string|null, name: string, count: number, balance: number, oldest: string}[]}>} Largest balance
 *   first; `oldest` is the instant of the oldest open sale.
 * @keywords unpaid debt owe owed owes owing outstanding receivable due balance debtors total money deuda deudas deben
 *   deudores saldo por cobrar fiado cuanto nos deben impagado pendiente accounts receivable ranking
 * @example
 * import { getUnsettledTotals } from "./tools/sales/getUnsettledTotals.js";
 * const { balance, customers } = await getUnsettledTotals();
 * ({ balance, worst: customers.slice(0, 3) });
 */
export async function getUnsettledTotals(params = {}) {
  const query = check("getUnsettledTotals", params, {
    startDate: "date", endDate: "date", from: "instant", to: "instant", customerId: "id", sellerId: "id",
  });
  const { sales } = await getSales({ ...query, settled: false, allPages: true });
  const customers = new Map();
  for (const sale of sales) {
    const { id = null, firstName, lastName } = sale.customerId ?? {};
    const entry = customers.get(id) ?? {
      customerId: id, name: id === null ? "(deleted)" : `${firstName} ${lastName}`, count: 0, balance: 0, oldest: sale.createdAt,
    };
    entry.count += 1;
    entry.balance += cents(balance(sale));
    if (sale.createdAt < entry.oldest) entry.oldest = sale.createdAt;
    customers.set(id, entry);
  }
  const total = (pick) => fromCents(sales.reduce((sum, sale) => sum + cents(pick(sale)), 0));
  return {
    count: sales.length, totalAmount: total((sale) => sale.totalAmount), amountPaid: total((sale) => sale.amountPaid),
    balance: total(balance),
    customers: [...customers.values()].map((entry) => ({ ...entry, balance: fromCents(entry.balance) }))
      .sort((a, b) => b.balance - a.balance),
  };
}
