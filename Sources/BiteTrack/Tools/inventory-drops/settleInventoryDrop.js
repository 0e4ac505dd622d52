import { APIError } from "bitetrack:api";
import { check } from "../../lib/check.js";

/**
 * Says what to do instead of settling an inventory drop: there is no such thing in BiteTrack.
 *
 * A drop is final at once: nothing is left to pay or to confirm, and all that can follow is an undo within 8 hours
 * (undoInventoryDrop). This always throws with status 404 and that advice.
 *
 * Cost: none, nothing is sent.
 *
 * @param {Object} [params]
 * @param {string} [params.dropId] - 24 hex digits.
 * @returns {Promise<never>}
 * @keywords settle drop close confirm finalize cerrar confirmar merma
 * @example
 * import { settleInventoryDrop } from "./tools/inventory-drops/settleInventoryDrop.js";
 * await settleInventoryDrop({ dropId: "64b000000000000000000001" });
 */
export async function settleInventoryDrop(params = {}) {
  check("settleInventoryDrop", params, { dropId: "id" });
  throw new APIError("BiteTrack has nothing to settle on an inventory drop: it is final at once.", {
    status: 404, code: "notFound",
    hint: "Within 8 hours a drop can be undone: getUndoableDrops lists which; undoInventoryDrop is not open to scripts yet.",
  });
}
