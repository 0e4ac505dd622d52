import { callAPI } from "bitetrack:api";
import { check, inOrder, invalid } from "../../lib/check.js";
import { parseCSV } from "../../lib/tables.js";

/**
 * Exports all matching sales as CSV in one answer: one line per sale line, per sale, or per product.
 *
 * The cheapest way to many sale lines, but it has names in place of ids. Dates are whole UTC days, both inclusive;
 * imported sales count on the day of their import. Money is text with two decimals. No sales give an empty text.
 *
 * Cost: one upstream call for any number of sales, reused for 60 s.
 *
 * @param {Object} [params]
 * @param {"detailed"|"summary"|"products"} [params.format="detailed"] - One row per sale line, per sale, per product.
 * @param {string} [params.startDate] - First UTC day, `YYYY-MM-DD`.
 * @param {string} [params.endDate] - Last UTC day, inclusive.
 * @param {"createdAt"|"updatedAt"} [params.dateField="createdAt"]
 * @param {string} [params.customerId] - Not with `products`: BiteTrack answers nothing then.
 * @param {string} [params.sellerId] - Not with `products`.
 * @param {boolean} [params.settled]
 * @param {boolean} [params.rows=false] - Parses the text.
 * @param {"email"[]} [params.include] - Shows customers' email, masked as *** otherwise.
 * @returns {Promise<{csv?: string, rows?: Record<string, string>[]}>} The text, or objects of texts by column. Columns:
 *   detailed: Sale ID, Date, Time, Customer Name, Customer Email, Seller Name, Product Name, Quantity, Unit Price, Line
 *   Total, Sale Total, Amount Paid, Balance Due, Settled (Yes/No). summary: Items Count, Total Amount in place of the
 *   line's columns. products: Product Name, Current Price, Total Quantity Sold, Number of Sales, Total Revenue, Average
 *   Sale Price, Minimum Sale Price, Maximum Sale Price, Revenue per Unit.
 * @keywords csv spreadsheet excel download file dump bulk all sale lines exportar archivo hoja de calculo descargar
 * @example
 * import { exportSales } from "./tools/reporting/exportSales.js";
 * const { rows } = await exportSales({ format: "summary", startDate: "2025-01-01", endDate: "2025-01-31", rows: true });
 * rows.filter((row) => row.Settled === "No").length;
 */
export async function exportSales(params = {}) {
  const { rows, ...query } = check("exportSales", params, {
    format: ["detailed", "summary", "products"], startDate: "date", endDate: "date", dateField: ["createdAt", "updatedAt"],
    customerId: "id", sellerId: "id", settled: "boolean", rows: "boolean", include: { list: ["email"] },
  });
  inOrder("exportSales", query.startDate, query.endDate);
  if (query.format === "products" && (query.customerId ?? query.sellerId)) {
    throw invalid(
      "exportSales: format products takes no customerId or sellerId: BiteTrack would answer nothing",
      "Ask for format detailed with rows: true, and group by Product Name with ./lib/group.js.");
  }
  const csv = (await callAPI("GET /reporting/sales/export", query)) ?? "";
  return rows ? { rows: parseCSV(csv) } : { csv };
}
