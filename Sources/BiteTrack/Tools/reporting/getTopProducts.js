import { check, inOrder } from "../../lib/check.js";
import { exportSales } from "./exportSales.js";

/**
 * Ranks all products sold in a period by revenue or by units, as many as wanted.
 *
 * getSalesAnalytics knows at most ten. Dates are whole UTC days, both inclusive, of the sale's creation: imported sales
 * count on the day of their import. Products of the same name are one entry; deleted ones are left out.
 *
 * Cost: one upstream call for any period, reused for 60 s.
 *
 * @param {Object} [params]
 * @param {string} [params.startDate] - First UTC day, `YYYY-MM-DD`.
 * @param {string} [params.endDate] - Last UTC day, inclusive.
 * @param {number} [params.limit=10] - 1 to 1000.
 * @param {"revenue"|"units"} [params.by="revenue"]
 * @param {"desc"|"asc"} [params.order="desc"] - `asc`: worst sellers first, of those sold at all.
 * @returns {Promise<{name: string, units: number, sales: number, revenue: number, averagePrice: number}[]>} Money in
 *   major units, rounded; `sales` counts sale lines.
 * @keywords best sellers bestseller top selling most sold popular favourite ranking worst sellers least sold slow
 *   movers units sold per product mas vendidos menos vendidos producto estrella populares best sellers worst sellers
 * @example
 * import { getTopProducts } from "./tools/reporting/getTopProducts.js";
 * await getTopProducts({ startDate: "2025-01-01", endDate: "2025-01-31", limit: 5, by: "units" });
 */
export async function getTopProducts(params = {}) {
  const { limit = 10, by = "revenue", order = "desc", ...dates } = check("getTopProducts", params, {
    startDate: "date", endDate: "date", limit: [1, 1000], by: ["revenue", "units"], order: ["desc", "asc"],
  });
  inOrder("getTopProducts", dates.startDate, dates.endDate);
  const { rows } = await exportSales({ ...dates, format: "products", rows: true });
  const entries = new Map();
  for (const row of rows) {
    const name = row["Product Name"];
    const entry = entries.get(name) ?? { name, units: 0, sales: 0, revenue: 0 };
    entry.units += Number(row["Total Quantity Sold"]);
    entry.sales += Number(row["Number of Sales"]);
    entry.revenue = Math.round((entry.revenue + Number(row["Total Revenue"])) * 100) / 100;
    entries.set(name, entry);
  }
  const sign = order === "asc" ? -1 : 1;
  return [...entries.values()].sort((a, b) => sign * (b[by] - a[by])).slice(0, limit)
    .map((entry) => ({ ...entry, averagePrice: Math.round(entry.revenue / entry.units * 100) / 100 }));
}
