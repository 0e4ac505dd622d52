import { callAPI } from "bitetrack:api";

/**
 * Activates an invited seller's account.
 *
 * Never open to scripts: this throws with status 403 before anything is sent. A person does it in BiteTrack itself.
 *
 * Cost: none, nothing is sent.
 *
 * @returns {Promise<Object>}
 * @keywords activate account invitation accept choose password activar cuenta invitacion
 * @example
 * import { activateAccount } from "./tools/auth/activateAccount.js";
 * await activateAccount();
 */
export async function activateAccount() {
  return callAPI("POST /auth/activate");
}
