import { callAPI } from "bitetrack:api";
import { check, inOrder, invalid } from "../../lib/check.js";
import { onePage, readAll } from "../../lib/pages.js";

/**
 * @typedef {Object} Sale
 * @property {string} id - 24 hex digits.
 * @property {{id: string, firstName: string, lastName: string, email?: string}|null} customerId - null when deleted.
 * @property {{id: string, firstName: string, lastName: string}|null} sellerId - null when deleted.
 * @property {SaleLine[]} products - At least one line.
 * @property {number} totalAmount - Sum of quantity × priceAtSale, not rounded (7.470000000000001 happens).
 * @property {number} amountPaid - May exceed totalAmount; due is totalAmount - amountPaid.
 * @property {boolean} settled - Paid in full.
 * @property {string|null} settledAt - Instant of a later settlement; null for sales paid at once.
 * @property {boolean} externalSale - Imported; then originalCreatedAt is when it really happened.
 * @property {string|null} originalCreatedAt
 * @property {string|null} importedAt
 * @property {string|null} importBatch
 * @property {string|null} paymentMethod - Only imported sales have one.
 * @property {string|null} receiptUrl
 * @property {boolean} isTestData
 * @property {string} createdAt - ISO 8601, UTC. Imported sales: the day of the import.
 * @property {string} updatedAt
 *
 * @typedef {Object} SaleLine
 * @property {{id: string, name: string, productName: string, price: number}|null} productId - With the price of TODAY;
 *   null when deleted.
 * @property {number} quantity - Units.
 * @property {number} priceAtSale - Price per unit when sold.
 * @property {string} _id
 */

/**
 * Lists sales, newest first, filtered by date, customer, seller and settlement.
 *
 * Two ways to give a period: `startDate`/`endDate` are whole UTC days, both inclusive (a time of day is ignored, as
 * BiteTrack does); `from`/`to` are exact instants, `to` excluded, and read all pages: `...today()` of
 * ./lib/dates.js gives them for the shop's days. Money is in major units (12.99), unrounded. To count, ask with
 * `limit: 1` and read `pagination.totalSales`. getSalesAnalytics sums up long periods in one call.
 * `settlementStatus`, `sortBy` and `sortOrder` are translated to BiteTrack's `settled` and `sort`.
 *
 * Cost: one upstream call per 100 sales, reused for 30 s.
 *
 * @param {Object} [params]
 * @param {string} [params.startDate] - First UTC day, `YYYY-MM-DD`.
 * @param {string} [params.endDate] - Last UTC day, inclusive.
 * @param {string} [params.from] - Instant, inclusive, instead of startDate.
 * @param {string} [params.to] - Instant, excluded.
 * @param {"createdAt"|"updatedAt"} [params.dateField="createdAt"] - What the dates apply to.
 * @param {string} [params.customerId] - Only this customer's; 24 hex digits.
 * @param {string} [params.sellerId] - Only this seller's; 24 hex digits.
 * @param {boolean} [params.settled] - true: only paid; false: only unpaid or partly paid; omit for all.
 * @param {"settled"|"unsettled"|"all"} [params.settlementStatus] - The same in words.
 * @param {number} [params.limit=50] - Sales per page, 1 to 100.
 * @param {number} [params.page=1] - From 1.
 * @param {boolean} [params.allPages=false] - Reads every page (up to 4000 sales) into one answer.
 * @param {"createdAt"|"updatedAt"|"totalAmount"|"amountPaid"|"settled"|"settledAt"} [params.sortBy="createdAt"]
 * @param {"asc"|"desc"} [params.sortOrder="desc"]
 * @param {"email"[]} [params.include] - Shows customers' email, masked as *** otherwise.
 * @returns {Promise<{sales: Sale[], pagination: {currentPage: number, totalPages: number, totalSales: number,
 *   limit: number, hasNextPage: boolean, hasPrevPage: boolean}, filters?: Object}>} An object, not an array; `filters`
 *   echoes the query of one page.
 * @keywords list orders purchases receipts tickets sold today yesterday week month by seller by customer open unpaid
 *   partly paid history filter sort settlement ventas lista pedidos de hoy ayer semana impagas pendientes vendedor
 *   settlementStatus sortBy sortOrder saleDate
 * @example
 * import { getSales } from "./tools/sales/getSales.js";
 * import { today } from "./lib/dates.js";
 * const { sales } = await getSales(today());
 * sales.length;
 * @example
 * import { getSales } from "./tools/sales/getSales.js";
 * (await getSales({ settlementStatus: "unsettled", limit: 1 })).pagination.totalSales;
 */
export async function getSales(params = {}) {
  const { settlementStatus, sortBy, sortOrder, sort, allPages, from, to, ...query } = check("getSales", params, KINDS);
  if (settlementStatus !== undefined) {
    if (query.settled !== undefined) throw invalid("getSales: give either settled or settlementStatus, not both");
    if (settlementStatus !== "all") query.settled = settlementStatus === "settled";
  }
  if (sortBy !== undefined || sortOrder !== undefined) {
    if (sort !== undefined) throw invalid("getSales: give either sort or sortBy and sortOrder, not both");
    const field = sortBy === "saleDate" || sortBy === "date" ? "createdAt" : sortBy ?? "createdAt";
    query.sort = sortOrder === "asc" ? field : `-${field}`;
  } else if (sort !== undefined) query.sort = sort;
  inOrder("getSales", query.startDate, query.endDate);
  if (from === undefined && to === undefined) return allPages ? all(query) : callAPI("GET /sales", query);
  if (query.startDate ?? query.endDate) throw invalid("getSales: give either startDate and endDate or from and to, not both");
  if (query.page !== undefined) throw invalid("getSales: from and to read all pages: leave page out, and slice the answer");
  inOrder("getSales", from, to, "from", "to");
  if (from !== undefined) query.startDate = from.slice(0, 10);
  if (to !== undefined) query.endDate = new Date(Date.parse(to) - 1).toISOString().slice(0, 10);
  const field = query.dateField ?? "createdAt";
  return all(query, (sale) => (from === undefined || sale[field] >= from) && (to === undefined || sale[field] < to));
}

const FIELDS = ["createdAt", "updatedAt", "totalAmount", "amountPaid", "settled", "settledAt"];
const KINDS = {
  startDate: "date", endDate: "date", from: "instant", to: "instant", dateField: ["createdAt", "updatedAt"],
  customerId: "id", sellerId: "id", settled: "boolean", settlementStatus: ["settled", "unsettled", "all"],
  limit: [1, 100], page: [1, 1_000_000], allPages: "boolean", sortBy: [...FIELDS, "saleDate", "date"],
  sortOrder: ["asc", "desc"], sort: FIELDS.flatMap((field) => [field, `-${field}`]), include: { list: ["email"] },
};

async function all(query, isWanted = () => true) {
  const read = (page) => callAPI("GET /sales", { ...query, limit: 100, page });
  const { rows, changed } = await readAll(read, "sales", "totalSales", "getSales");
  const sales = rows.filter(isWanted);
  return { sales, pagination: onePage("totalSales", sales.length, changed) };
}
