import { callAPI } from "bitetrack:api";
import { check } from "../../lib/check.js";

/**
 * Invites a seller, who then activates the account. Needs the role admin or superadmin.
 *
 * Changes data: writes are not open to scripts yet, so that this throws with status 403 before anything is sent.
 *
 * Cost: none, nothing is sent.
 *
 * @param {Object} params
 * @param {string} params.firstName
 * @param {string} params.lastName
 * @param {string} params.email
 * @param {string} params.dateOfBirth - `YYYY-MM-DD`.
 * @returns {Promise<Object>} The pending seller.
 * @keywords new employee hire add seller staff invite create user invitar nuevo vendedor empleado contratar crear
 *   usuario
 * @example
 * import { inviteSeller } from "./tools/sellers/inviteSeller.js";
 * await inviteSeller({ firstName: "Ana", lastName: "Gómez", email: "ana@demo.test", dateOfBirth: "1990-01-31" });
 */
export async function inviteSeller(params = {}) {
  return callAPI("POST /sellers/pending", check("inviteSeller", params, {
    firstName: "text!", lastName: "text!", email: "email!", dateOfBirth: "date!",
  }));
}
