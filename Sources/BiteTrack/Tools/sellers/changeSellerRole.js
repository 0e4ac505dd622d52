import { callAPI } from "bitetrack:api";
import { check } from "../../lib/check.js";

/**
 * Changes a seller's role. Needs the role superadmin.
 *
 * Never open to scripts: this throws with status 403 before anything is sent. A person does it in BiteTrack itself.
 *
 * Cost: none, nothing is sent.
 *
 * @param {Object} params
 * @param {string} params.id - 24 hex digits.
 * @param {"user"|"admin"|"superadmin"} params.role
 * @returns {Promise<Seller>} As in getSellers.js.
 * @keywords promote demote make admin permissions grant role cambiar rol permisos ascender hacer administrador
 * @example
 * import { changeSellerRole } from "./tools/sellers/changeSellerRole.js";
 * await changeSellerRole({ id: "64b000000000000000000001", role: "admin" });
 */
export async function changeSellerRole(params = {}) {
  return callAPI("PATCH /sellers/{id}/role", check("changeSellerRole", params, {
    id: "id!", role: ["user", "admin", "superadmin"],
  }));
}
