import { callAPI } from "bitetrack:api";
import { check } from "../../lib/check.js";

/**
 * Lists inventory drops of the last 8 hours that can still be undone, newest first. Needs the role admin or superadmin.
 *
 * Cost: one upstream call, reused for 30 s.
 *
 * @param {Object} [params]
 * @param {string} [params.userId] - Only drops by this seller; 24 hex digits.
 * @returns {Promise<{message: string, undoableDrops: InventoryDrop[], currentTime: string}>} As in
 *   getInventoryDrops.js, but `productId` has no price; `undoTimeRemaining` in minutes.
 * @keywords revert take back recent drops still possible mistake revertir merma reciente can be undone
 * @example
 * import { getUndoableDrops } from "./tools/inventory-drops/getUndoableDrops.js";
 * const { undoableDrops } = await getUndoableDrops();
 * undoableDrops.map((d) => `${d.productName}: ${d.undoTimeRemaining} minutes left`);
 */
export async function getUndoableDrops(params = {}) {
  return callAPI("GET /inventory-drops/undoable", check("getUndoableDrops", params, { userId: "id" }));
}
