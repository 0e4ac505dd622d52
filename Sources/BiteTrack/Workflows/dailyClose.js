import { check } from "../lib/check.js";
import { period, shopDay } from "../lib/dates.js";
import { sumBy } from "../lib/group.js";
import { balance, round, sumMoney } from "../lib/money.js";
import { runSteps } from "../lib/steps.js";
import { getInventoryDrops } from "../tools/inventory-drops/getInventoryDrops.js";
import { getSales } from "../tools/sales/getSales.js";

/**
 * Closes one day of the shop: sales, money received and owed, best sellers, waste.
 *
 * The day is the shop's, not UTC's. Waste needs the role admin: without it `waste` is null and `notes` says so. Steps:
 * readSales, readWaste, summarize; `until` stops after one and returns the state so far.
 *
 * Cost: one upstream call per 100 sales of two UTC days, and one for the waste.
 *
 * @param {Object} [params]
 * @param {string} [params.date] - `YYYY-MM-DD`; today when left out.
 * @param {"readSales"|"readWaste"|"summarize"} [params.until]
 * @returns {Promise<{date: string, sales: number, revenue: number, received: number, unpaid: number, unpaidBy:
 *   {customer: string, sales: number, balance: number}[], bestSellers: {product: string, units: number}[], waste:
 *   {units: number, value: number}|null, notes: string[]}>} Money in major units, rounded.
 * @keywords close of day end of day daily summary cash up z report cierre del dia cierre diario caja corte resumen del dia
 * @example
 * import { dailyClose } from "./workflows/dailyClose.js";
 * await dailyClose();
 */
export async function dailyClose(params = {}) {
  const { date = shopDay(), until } = check("dailyClose", params, { date: "day", until: steps.map((step) => step.name) });
  const state = await runSteps("dailyClose", steps, { date }, { until });
  return until === undefined ? state.report : state;
}

export const steps = [readSales, readWaste, summarize];

async function readSales({ date }) {
  return { sales: (await getSales(period(date))).sales };
}

async function readWaste({ date }) {
  try {
    return { drops: (await getInventoryDrops(period(date))).drops };
  } catch (error) {
    if (error.status !== 403) throw error;
    return { drops: null };
  }
}

async function summarize({ date, sales, drops }) {
  const lines = sales.flatMap((sale) => sale.products);
  const open = sales.filter((sale) => !sale.settled);
  const nameOf = (sale) => sale.customerId ? `${sale.customerId.firstName} ${sale.customerId.lastName}` : "(deleted)";
  const notes = [];
  if (drops === null) notes.push("Waste left out: it needs the role admin.");
  const overpaid = sales.filter((sale) => balance(sale) < 0).length;
  if (overpaid > 0) notes.push(`${overpaid} sale(s) were paid more than due.`);
  const deleted = sales.filter((sale) => !sale.customerId || sale.products.some((line) => !line.productId)).length;
  if (deleted > 0) notes.push(`${deleted} sale(s) refer to deleted customers or products.`);
  return {
    report: {
      date, sales: sales.length, revenue: sumMoney(sales, "totalAmount"), received: sumMoney(sales, "amountPaid"),
      unpaid: sumMoney(open, balance),
      unpaidBy: sumBy(open, (sale) => sale.customerId?.id ?? null, balance)
        .map(({ key, sum, count }) => ({
          customer: nameOf(open.find((sale) => (sale.customerId?.id ?? null) === key)), sales: count, balance: round(sum),
        })),
      bestSellers: sumBy(lines, (line) => line.productId?.name ?? "(deleted)", "quantity").slice(0, 5)
        .map(({ key, sum }) => ({ product: key, units: sum })),
      waste: drops && {
        units: drops.reduce((sum, drop) => sum + drop.quantityDropped, 0), value: sumMoney(drops, "totalValueLost"),
      },
      notes,
    },
  };
}
