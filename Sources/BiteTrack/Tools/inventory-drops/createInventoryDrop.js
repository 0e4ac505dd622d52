import { callAPI } from "bitetrack:api";
import { check } from "../../lib/check.js";

/**
 * Takes spoiled or unsold products out of stock. Needs the role admin or superadmin.
 *
 * Changes data: writes are not open to scripts yet, so that this throws with status 403 before anything is sent. Can
 * be undone for 8 hours.
 *
 * Cost: none, nothing is sent.
 *
 * @param {Object} params
 * @param {string} params.productId - 24 hex digits.
 * @param {number} params.quantityToDrop - Units, from 1.
 * @param {"expired"|"end_of_day"|"quality_issue"|"damaged"|"contaminated"|"overproduction"|"other"} [params.reason]
 * @param {string} [params.notes] - At most 500 characters.
 * @param {string} [params.productionDate] - `YYYY-MM-DD` or an instant.
 * @param {string} [params.expirationDate] - `YYYY-MM-DD` or an instant.
 * @param {string} [params.batchId] - At most 100 characters.
 * @returns {Promise<Object>} The drop, the product's new stock and until when it can be undone.
 * @keywords throw away discard record waste register spoil drop write off botar tirar desechar registrar merma dar de
 *   baja
 * @example
 * import { createInventoryDrop } from "./tools/inventory-drops/createInventoryDrop.js";
 * await createInventoryDrop({ productId: "64b000000000000000000001", quantityToDrop: 2, reason: "expired" });
 */
export async function createInventoryDrop(params = {}) {
  return callAPI("POST /inventory-drops", check("createInventoryDrop", params, {
    productId: "id!", quantityToDrop: [1, 1_000_000_000], notes: "text", productionDate: "date", expirationDate: "date", batchId: "text",
    reason: ["expired", "end_of_day", "quality_issue", "damaged", "contaminated", "overproduction", "other"],
  }));
}
