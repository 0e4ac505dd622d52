import { callAPI } from "bitetrack:api";

/**
 * Mails a seller a password reset. Needs the role superadmin.
 *
 * Never open to scripts: this throws with status 403 before anything is sent. A person does it in BiteTrack itself.
 *
 * Cost: none, nothing is sent.
 *
 * @returns {Promise<Object>}
 * @keywords send reset mail to seller recovery for somebody enviar recuperacion a un vendedor
 * @example
 * import { recoverSeller } from "./tools/auth/recoverSeller.js";
 * await recoverSeller();
 */
export async function recoverSeller() {
  return callAPI("POST /auth/recover");
}
