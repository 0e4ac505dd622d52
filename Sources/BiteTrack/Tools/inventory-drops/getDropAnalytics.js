import { callAPI } from "bitetrack:api";
import { check, exactInstants } from "../../lib/check.js";

/**
 * Sums up waste by reason and product: units, value lost, worst products. Needs the role admin or superadmin.
 *
 * Covers the last 30 days unless dates are given. Dates are exact instants in BiteTrack; a bare `endDate` is turned into
 * the end of that UTC day. Undone drops do not count. Money in major units; `summary` is rounded, the rest is not.
 *
 * Cost: one upstream call, reused for 60 s.
 *
 * @param {Object} [params]
 * @param {string} [params.startDate] - From here on: `YYYY-MM-DD` or an ISO 8601 instant.
 * @param {string} [params.endDate] - Until here, inclusive: `YYYY-MM-DD` (its whole UTC day) or an instant.
 * @param {string} [params.from] - Instant, inclusive, instead of startDate: `...thisMonth()` of ./lib/dates.js fits.
 * @param {string} [params.to] - Instant, excluded.
 * @param {string} [params.productId] - Only this product; 24 hex digits.
 * @param {"expired"|"end_of_day"|"quality_issue"|"damaged"|"contaminated"|"overproduction"|"other"} [params.reason]
 * @param {string} [params.droppedBy] - Only by this seller; 24 hex digits.
 * @returns {Promise<{period: {startDate: string, endDate: string, durationDays: number}, summary:
 *   {totalQuantityDropped: number, totalValueLost: number, totalDropCount: number, avgValuePerDrop: number},
 *   analyticsByReason: {_id: string, totalQuantityDropped: number, totalValueLost: number, totalDropCount: number,
 *   totalPartialDrops: number, products: {productId: string, productName: string, totalQuantityDropped: number,
 *   totalValueLost: number, dropCount: number, avgQuantityPerDrop: number, partialDrops: number}[]}[],
 *   todaysSummary: {reason: string, totalQuantity: number, totalValue: number, dropCount: number, partialDrops: number,
 *   uniqueProducts: number}[]}>} By reason (`_id`), most value lost first.
 * @keywords waste cost waste report by reason value lost why thrown away most wasted products shrinkage summary total
 *   waste analysis costo de mermas por motivo razon desperdicio total perdida valor informe de mermas
 * @example
 * import { getDropAnalytics } from "./tools/inventory-drops/getDropAnalytics.js";
 * const { summary, analyticsByReason } = await getDropAnalytics({ startDate: "2025-01-01", endDate: "2025-01-31" });
 * ({ lost: summary.totalValueLost, worst: analyticsByReason[0]?._id });
 */
export async function getDropAnalytics(params = {}) {
  const query = check("getDropAnalytics", params, {
    startDate: "date", endDate: "date", from: "instant", to: "instant", productId: "id", reason: REASONS, droppedBy: "id",
  });
  return callAPI("GET /inventory-drops/analytics", exactInstants("getDropAnalytics", query));
}

const REASONS = ["expired", "end_of_day", "quality_issue", "damaged", "contaminated", "overproduction", "other"];
