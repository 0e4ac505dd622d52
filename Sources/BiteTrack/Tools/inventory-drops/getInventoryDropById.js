import { callAPI } from "bitetrack:api";
import { check, single } from "../../lib/check.js";

/**
 * Reads one inventory drop by its id, and whether it can still be undone. Needs the role admin or superadmin.
 *
 * Throws with status 404 when there is no such drop.
 *
 * Cost: one upstream call, reused for 30 s.
 *
 * @param {Object} params
 * @param {string} params.dropId - 24 hex digits; `id` is understood too, and the id alone.
 * @param {"email"[]} [params.include] - Shows the email of who dropped or undid it, masked as *** otherwise.
 * @returns {Promise<{drop: InventoryDrop, canUndo: boolean, timeRemainingForUndo: number}>} `drop` as in
 *   getInventoryDrops.js, with `productId` as there; minutes.
 * @keywords single waste one drop id detail una merma detalle
 * @example
 * import { getInventoryDropById } from "./tools/inventory-drops/getInventoryDropById.js";
 * const { drop, canUndo } = await getInventoryDropById({ dropId: "64b000000000000000000001" });
 */
export async function getInventoryDropById(params = {}) {
  const { id, ...query } = check("getInventoryDropById", single(params, "dropId"), {
    dropId: "id", id: "id", include: { list: ["email"] },
  });
  return callAPI("GET /inventory-drops/{dropId}", { ...query, dropId: query.dropId ?? id });
}
