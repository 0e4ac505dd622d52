import { callAPI } from "bitetrack:api";

/**
 * Asks for a password reset by mail.
 *
 * Never open to scripts: this throws with status 403 before anything is sent. A person does it in BiteTrack itself.
 *
 * Cost: none, nothing is sent.
 *
 * @returns {Promise<Object>}
 * @keywords forgot lost password reset link recover mail olvide olvidada contraseña recuperar
 * @example
 * import { requestPasswordRecovery } from "./tools/auth/requestPasswordRecovery.js";
 * await requestPasswordRecovery();
 */
export async function requestPasswordRecovery() {
  return callAPI("POST /auth/request-recovery");
}
