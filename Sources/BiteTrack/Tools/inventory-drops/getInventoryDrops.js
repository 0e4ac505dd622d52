import { callAPI } from "bitetrack:api";
import { check, exactInstants } from "../../lib/check.js";
import { onePage, readAll } from "../../lib/pages.js";

/**
 * @typedef {Object} InventoryDrop
 * @property {string} id - 24 hex digits.
 * @property {{id: string, name: string, productName: string, price: number}|null} productId - null when deleted.
 * @property {string} productName - As it was at the time.
 * @property {number} quantityDropped - Units thrown away.
 * @property {number} originalQuantity - Stock before.
 * @property {number} remainingQuantity - Stock after.
 * @property {number} pricePerUnit - At the time, in major units.
 * @property {number} totalValueLost - quantityDropped × pricePerUnit, not rounded.
 * @property {string|number} dropPercentage - Share of the stock, such as "12.50".
 * @property {"expired"|"end_of_day"|"quality_issue"|"damaged"|"contaminated"|"overproduction"|"other"} reason
 * @property {string} [notes]
 * @property {{id: string, firstName: string, lastName: string}|null} droppedBy - null when deleted.
 * @property {string} droppedAt - ISO 8601, UTC.
 * @property {boolean} undoAvailable - Not undone and less than 8 hours old.
 * @property {number} undoTimeRemaining - Minutes.
 * @property {string} undoExpiresAt
 * @property {boolean} canBeUndone - Stays true when the 8 hours are over: use undoAvailable.
 * @property {boolean} isUndone
 * @property {{id: string, firstName: string, lastName: string}|null} [undoneBy]
 * @property {string} [undoneAt]
 * @property {string} [undoReason]
 * @property {boolean} isPartialDrop - Some stock was left.
 * @property {string} [productionDate]
 * @property {string} [expirationDate]
 * @property {number|null} daysSinceProduction
 * @property {string} [batchId]
 * @property {string} [category]
 * @property {boolean} isTestData
 * @property {string} createdAt
 * @property {string} updatedAt
 */

/**
 * Lists inventory drops: products thrown away as waste, newest first. Needs the role admin or superadmin.
 *
 * BiteTrack compares dates here as exact instants, unlike for sales: a bare `endDate` would leave out its own day. This
 * function turns a bare `endDate` (`YYYY-MM-DD`) into the last millisecond of that UTC day, so that the day counts; full
 * timestamps are passed on. `from`/`to` of ./lib/dates.js (`...today()`) are the shop's days, and read all pages.
 * Undone drops are left out unless asked for.
 *
 * Cost: one upstream call per page (up to 1000 drops), reused for 30 s.
 *
 * @param {Object} [params]
 * @param {string} [params.startDate] - From here on: `YYYY-MM-DD` (start of the UTC day) or an ISO 8601 instant.
 * @param {string} [params.endDate] - Until here, inclusive: `YYYY-MM-DD` (end of the UTC day) or an instant.
 * @param {string} [params.from] - Instant, inclusive, instead of startDate.
 * @param {string} [params.to] - Instant, excluded.
 * @param {string} [params.productId] - Only this product; 24 hex digits.
 * @param {"expired"|"end_of_day"|"quality_issue"|"damaged"|"contaminated"|"overproduction"|"other"} [params.reason]
 * @param {string} [params.droppedBy] - Only by this seller; 24 hex digits.
 * @param {boolean} [params.includeUndone=false]
 * @param {number} [params.limit=10] - Drops per page, 1 to 1000.
 * @param {number} [params.page=1] - From 1.
 * @param {boolean} [params.allPages=false] - Reads everything into one answer.
 * @returns {Promise<{drops: InventoryDrop[], pagination: {currentPage: number, totalPages: number, totalCount: number,
 *   hasNextPage: boolean, hasPrevPage: boolean}}>}
 * @keywords waste thrown away discarded spoiled expired damaged list of drops losses trash shrinkage merma mermas
 *   desperdicio desechos botado vencidos perdidas bajas lista expired products items
 * @example
 * import { getInventoryDrops } from "./tools/inventory-drops/getInventoryDrops.js";
 * const { drops } = await getInventoryDrops({ startDate: "2025-01-01", allPages: true });
 * drops.reduce((lost, drop) => lost + drop.totalValueLost, 0);
 */
export async function getInventoryDrops(params = {}) {
  const { allPages, ...rest } = check("getInventoryDrops", params, {
    startDate: "date", endDate: "date", from: "instant", to: "instant", productId: "id", reason: REASONS, droppedBy: "id",
    includeUndone: "boolean", limit: [1, 1000], page: [1, 1_000_000], allPages: "boolean",
  });
  const query = exactInstants("getInventoryDrops", rest);
  if (!allPages && rest.from === undefined && rest.to === undefined) return callAPI("GET /inventory-drops", query);
  const read = (page) => callAPI("GET /inventory-drops", { ...query, limit: 1000, page });
  const { rows, changed } = await readAll(read, "drops", "totalCount", "getInventoryDrops");
  return { drops: rows, pagination: onePage("totalCount", rows.length, changed) };
}

const REASONS = ["expired", "end_of_day", "quality_issue", "damaged", "contaminated", "overproduction", "other"];
