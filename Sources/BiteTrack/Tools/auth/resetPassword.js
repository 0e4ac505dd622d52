import { callAPI } from "bitetrack:api";

/**
 * Sets a new password with a reset token.
 *
 * Never open to scripts: this throws with status 403 before anything is sent. A person does it in BiteTrack itself.
 *
 * Cost: none, nothing is sent.
 *
 * @returns {Promise<Object>}
 * @keywords new password with token set password restablecer nueva contraseña con codigo
 * @example
 * import { resetPassword } from "./tools/auth/resetPassword.js";
 * await resetPassword();
 */
export async function resetPassword() {
  return callAPI("POST /auth/reset");
}
