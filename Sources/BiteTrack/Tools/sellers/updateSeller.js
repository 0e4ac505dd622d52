import { callAPI } from "bitetrack:api";
import { check } from "../../lib/check.js";

/**
 * Changes one's own profile or password.
 *
 * Never open to scripts: this throws with status 403 before anything is sent. A person does it in BiteTrack itself.
 *
 * Cost: none, nothing is sent.
 *
 * @param {Object} params
 * @param {string} params.id - 24 hex digits.
 * @returns {Promise<Seller>} As in getSellers.js.
 * @keywords edit own profile change my password name cambiar mi perfil mi contraseña
 * @example
 * import { updateSeller } from "./tools/sellers/updateSeller.js";
 * await updateSeller({ id: "64b000000000000000000001" });
 */
export async function updateSeller(params = {}) {
  return callAPI("PATCH /sellers/{id}", check("updateSeller", params, { id: "id!" }));
}
