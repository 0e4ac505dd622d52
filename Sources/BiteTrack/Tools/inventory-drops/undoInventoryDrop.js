import { callAPI } from "bitetrack:api";
import { check } from "../../lib/check.js";

/**
 * Puts a drop of the last 8 hours back into stock, once. Needs the role admin or superadmin.
 *
 * Changes data: writes are not open to scripts yet, so that this throws with status 403 before anything is sent.
 *
 * Cost: none, nothing is sent.
 *
 * @param {Object} params
 * @param {string} params.dropId - 24 hex digits.
 * @param {string} [params.undoReason] - At most 300 characters.
 * @returns {Promise<Object>} The drop and the product's new stock.
 * @keywords undo reverse cancel drop restore put back deshacer anular revertir una merma
 * @example
 * import { undoInventoryDrop } from "./tools/inventory-drops/undoInventoryDrop.js";
 * await undoInventoryDrop({ dropId: "64b000000000000000000001" });
 */
export async function undoInventoryDrop(params = {}) {
  return callAPI("POST /inventory-drops/{dropId}/undo", check("undoInventoryDrop", params, {
    dropId: "id!", undoReason: "text",
  }));
}
