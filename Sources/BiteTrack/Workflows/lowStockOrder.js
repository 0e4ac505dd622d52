import { check } from "../lib/check.js";
import { lastDays } from "../lib/dates.js";
import { sumBy } from "../lib/group.js";
import { runSteps } from "../lib/steps.js";
import { getLowStock } from "../tools/products/getLowStock.js";
import { getSales } from "../tools/sales/getSales.js";

/**
 * Lists what to order: products low in stock, with quantities worked out from recent sales. Orders nothing.
 *
 * The suggestion is what the same number of days sells, less the stock, at least one. Steps: readStock, readSales,
 * suggest.
 *
 * Cost: one upstream call for the products, and one per 100 sales of the days.
 *
 * @param {Object} [params]
 * @param {number} [params.threshold=5] - Units that still count as low, 0 to 100000.
 * @param {number} [params.days=30] - Days of sales to look at, 1 to 365.
 * @param {"readStock"|"readSales"|"suggest"} [params.until] - Stops after a step and returns the state so far.
 * @returns {Promise<{order: {product: string, stock: number, sold: number, daysLeft: number, suggested: number}[],
 *   notSold: {product: string, stock: number}[]}>} Most urgent first; low products that did not sell stand apart.
 * @keywords what to order reorder list purchase list shopping list restock replenish suppliers que pedir pedido lista de
 *   compras reabastecer proveedor
 * @example
 * import { lowStockOrder } from "./workflows/lowStockOrder.js";
 * await lowStockOrder({ threshold: 5 });
 */
export async function lowStockOrder(params = {}) {
  const { until, ...state } = check("lowStockOrder", params, {
    threshold: [0, 100_000], days: [1, 365], until: steps.map((step) => step.name),
  });
  const end = await runSteps("lowStockOrder", steps, { threshold: 5, days: 30, ...state }, { until });
  return until === undefined ? end.list : end;
}

export const steps = [readStock, readSales, suggest];

async function readStock({ threshold }) {
  return { low: await getLowStock({ threshold }) };
}

async function readSales({ days }) {
  const { sales } = await getSales(lastDays(days));
  return { sold: sumBy(sales.flatMap((sale) => sale.products), (line) => line.productId?.id ?? null, "quantity") };
}

async function suggest({ low, sold, days }) {
  const units = new Map(sold.map(({ key, sum }) => [key, sum]));
  const rows = low.map((product) => ({ product: product.name, stock: product.count, sold: units.get(product.id) ?? 0 }));
  return {
    list: {
      order: rows.filter((row) => row.sold > 0).map((row) => ({
        ...row, daysLeft: Math.floor(row.stock / (row.sold / days)), suggested: Math.max(1, row.sold - row.stock),
      })).sort((a, b) => a.daysLeft - b.daysLeft || b.sold - a.sold),
      notSold: rows.filter((row) => row.sold === 0).map(({ product, stock }) => ({ product, stock })),
    },
  };
}
