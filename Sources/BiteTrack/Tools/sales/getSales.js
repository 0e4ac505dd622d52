import { callAPI, APIError } from "bitetrack:api";

/**
 * @typedef {Object} Sale
 * @property {string} id - 24 hex digits.
 * @property {?{id: string, firstName: string, lastName: string, email?: string}} customerId - The customer; null when
 *   deleted.
 * @property {?{id: string, firstName: string, lastName: string}} sellerId - Who sold, or null when deleted.
 * @property {SaleLine[]} products - At least one line.
 * @property {number} totalAmount - Sum of quantity × priceAtSale, not rounded (7.470000000000001 happens).
 * @property {number} amountPaid - May exceed totalAmount; balance due is totalAmount - amountPaid.
 * @property {boolean} settled - Paid in full.
 * @property {?string} settledAt - Instant of a later settlement; null for sales paid at once.
 * @property {boolean} externalSale - Imported; then originalCreatedAt is when it really happened.
 * @property {?string} originalCreatedAt
 * @property {?string} paymentMethod - Only imported sales have one.
 * @property {string} createdAt - ISO 8601, UTC. Imported sales: the day of the import.
 * @property {string} updatedAt
 *
 * @typedef {Object} SaleLine
 * @property {?{id: string, name: string, productName: string, price: number}} productId - The product with its price
 *   of TODAY, or null when deleted.
 * @property {number} quantity - Units.
 * @property {number} priceAtSale - Price per unit when sold.
 */

const MOST_PAGES = 40;

/**
 * Lists sales, newest first, filtered by date, customer, seller and settlement.
 *
 * Dates are whole UTC days, both inclusive: a time of day is ignored. A shop's local day spans two UTC days: ask for
 * both and filter by `createdAt`. Money is in major units (12.99), unrounded: add up, then round once.
 * To count, ask with `limit: 1` and read `pagination.totalSales`. For totals over long periods getSalesAnalytics is
 * cheaper.
 *
 * Cost: one upstream call per 100 sales, reused for 30 s.
 *
 * @param {Object} [params]
 * @param {string} [params.startDate] - First UTC day, `YYYY-MM-DD`.
 * @param {string} [params.endDate] - Last UTC day, inclusive.
 * @param {"createdAt"|"updatedAt"} [params.dateField="createdAt"] - What the dates apply to.
 * @param {string} [params.customerId] - Only this customer's; 24 hex digits.
 * @param {string} [params.sellerId] - Only this seller's; 24 hex digits.
 * @param {boolean} [params.settled] - true: only paid; false: only unpaid or partly paid; omit for all.
 * @param {"settled"|"unsettled"|"all"} [params.settlementStatus] - The same in words, instead of `settled`.
 * @param {number} [params.limit=50] - Sales per page, 1 to 100.
 * @param {number} [params.page=1] - From 1.
 * @param {boolean} [params.allPages=false] - Reads every page (up to 4000 sales) into one answer.
 * @param {"createdAt"|"updatedAt"|"totalAmount"|"amountPaid"|"settled"|"settledAt"} [params.sortBy="createdAt"]
 * @param {"asc"|"desc"} [params.sortOrder="desc"]
 * @returns {Promise<{sales: Sale[], pagination: {currentPage: number, totalPages: number, totalSales: number,
 *   limit: number, hasNextPage: boolean, hasPrevPage: boolean}}>} An object, not an array.
 * @example
 * import * as sales from "./tools/sales";
 * const { sales: rows } = await sales.getSales({ startDate: "2025-01-01", endDate: "2025-01-31", settled: false });
 * rows.reduce((sum, sale) => sum + sale.totalAmount - sale.amountPaid, 0);
 * @example
 * const { pagination } = await sales.getSales({ settlementStatus: "unsettled", limit: 1 });
 * pagination.totalSales;
 */
export async function getSales(params = {}) {
  const { settlementStatus, sortBy, sortOrder, allPages, ...query } = params;
  if (settlementStatus !== undefined) query.settled = settledFor(settlementStatus, query.settled);
  if (sortBy !== undefined || sortOrder !== undefined) query.sort = sortFor(sortBy, sortOrder, query.sort);
  return allPages ? readAllPages(query) : callAPI("GET /sales", query);
}

function settledFor(status, settled) {
  if (settled !== undefined) throw invalid("give either settled or settlementStatus, not both");
  if (status === "all") return undefined;
  if (status === "settled" || status === "unsettled") return status === "settled";
  throw invalid(`settlementStatus must be "settled", "unsettled" or "all", not ${JSON.stringify(status)}`);
}

function sortFor(sortBy = "createdAt", sortOrder = "desc", sort) {
  if (sort !== undefined) throw invalid("give either sort or sortBy and sortOrder, not both");
  if (sortOrder !== "asc" && sortOrder !== "desc") {
    throw invalid(`sortOrder must be "asc" or "desc", not ${JSON.stringify(sortOrder)}`);
  }
  const field = sortBy === "saleDate" || sortBy === "date" ? "createdAt" : sortBy;
  return sortOrder === "desc" ? `-${field}` : field;
}

async function readAllPages(query) {
  const first = await callAPI("GET /sales", { ...query, limit: 100, page: 1 });
  const { totalPages, totalSales } = first.pagination;
  if (totalPages > MOST_PAGES) {
    throw invalid(
      `${totalSales} sales match, more than the ${MOST_PAGES * 100} that allPages reads`,
      "Narrow startDate and endDate, or use getSalesAnalytics for totals.");
  }
  // Pages can overlap when sales are added meanwhile: each sale is kept once.
  const byID = new Map(first.sales.map((sale) => [sale.id, sale]));
  for (let page = 2; page <= totalPages; page += 1) {
    const next = await callAPI("GET /sales", { ...query, limit: 100, page });
    for (const sale of next.sales) byID.set(sale.id, sale);
  }
  const all = [...byID.values()];
  return {
    sales: all,
    pagination: {
      currentPage: 1, totalPages: 1, totalSales: all.length, limit: all.length, hasNextPage: false, hasPrevPage: false,
    },
  };
}

function invalid(message, hint) {
  return new APIError(`getSales: ${message}`, { status: 400, code: "invalidArguments", hint });
}
