import { callAPI } from "bitetrack:api";
import { check } from "../../lib/check.js";

/**
 * Deletes a seller's account. Needs the role superadmin.
 *
 * Never open to scripts: this throws with status 403 before anything is sent. A person does it in BiteTrack itself.
 *
 * Cost: none, nothing is sent.
 *
 * @param {Object} params
 * @param {string} params.id - 24 hex digits.
 * @returns {Promise<null>}
 * @keywords remove employee fire deactivate account delete seller eliminar borrar despedir vendedor cuenta
 * @example
 * import { deleteSeller } from "./tools/sellers/deleteSeller.js";
 * await deleteSeller({ id: "64b000000000000000000001" });
 */
export async function deleteSeller(params = {}) {
  return callAPI("DELETE /sellers/{id}", check("deleteSeller", params, { id: "id!" }));
}
