import { callAPI } from "bitetrack:api";

/**
 * @typedef {Object} InventoryDrop
 * @property {string} id - 24 hex digits.
 * @property {?{id: string, name: string, productName: string, price: number}} productId - null when deleted.
 * @property {string} productName - As it was at the time.
 * @property {number} quantityDropped - Units thrown away.
 * @property {number} originalQuantity - Stock before.
 * @property {number} remainingQuantity - Stock after.
 * @property {number} pricePerUnit - At the time, in major units.
 * @property {number} totalValueLost - quantityDropped × pricePerUnit, not rounded.
 * @property {"expired"|"end_of_day"|"quality_issue"|"damaged"|"contaminated"|"overproduction"|"other"} reason
 * @property {string} [notes]
 * @property {?{id: string, firstName: string, lastName: string}} droppedBy - null when deleted.
 * @property {string} droppedAt - ISO 8601, UTC.
 * @property {boolean} undoAvailable - Not undone and less than 8 hours old.
 * @property {number} undoTimeRemaining - Minutes.
 * @property {boolean} isUndone
 */

/**
 * Lists inventory drops: products thrown away as waste, newest first. Needs the role admin or superadmin.
 *
 * BiteTrack compares dates here as exact instants, unlike for sales: a bare `endDate` would leave out its own day. This
 * function turns a bare `endDate` (`YYYY-MM-DD`) into the last millisecond of that UTC day, so that the day counts;
 * full timestamps are passed on as they are. Undone drops are left out unless asked for.
 *
 * Cost: one upstream call per page, reused for 30 s.
 *
 * @param {Object} [params]
 * @param {string} [params.startDate] - From here on: `YYYY-MM-DD` (start of the UTC day) or an ISO 8601 instant.
 * @param {string} [params.endDate] - Until here, inclusive: `YYYY-MM-DD` (end of the UTC day) or an instant.
 * @param {string} [params.productId] - Only this product; 24 hex digits.
 * @param {"expired"|"end_of_day"|"quality_issue"|"damaged"|"contaminated"|"overproduction"|"other"} [params.reason]
 * @param {string} [params.droppedBy] - Only by this seller; 24 hex digits.
 * @param {boolean} [params.includeUndone=false]
 * @param {number} [params.limit=10] - Drops per page, 1 to 1000.
 * @param {number} [params.page=1] - From 1.
 * @returns {Promise<{drops: InventoryDrop[], pagination: {currentPage: number, totalPages: number, totalCount: number,
 *   hasNextPage: boolean, hasPrevPage: boolean}}>}
 * @example
 * import * as drops from "./tools/inventory-drops";
 * const { drops: rows } = await drops.getInventoryDrops({ startDate: "2025-01-01", limit: 1000 });
 * rows.reduce((lost, drop) => lost + drop.totalValueLost, 0);
 */
export async function getInventoryDrops(params = {}) {
  const { endDate } = params;
  const isDay = typeof endDate === "string" && /^\d{4}-\d{2}-\d{2}$/.test(endDate);
  return callAPI("GET /inventory-drops", isDay ? { ...params, endDate: `${endDate}T23:59:59.999Z` } : params);
}
