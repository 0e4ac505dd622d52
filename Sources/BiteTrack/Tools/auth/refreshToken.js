import { APIError } from "bitetrack:api";
import { check } from "../../lib/check.js";
import { whoAmI } from "./whoAmI.js";

/**
 * Makes sure that the login still lasts; it cannot be prolonged without the password.
 *
 * BiteTrack has no token refresh: only a new login gives a new token. This answers like whoAmI when the login lasts at
 * least `minutes` longer, and throws with status 401 when a new login is needed.
 *
 * Cost: none.
 *
 * @param {Object} [params]
 * @param {number} [params.minutes=5] - How long it must last, 0 to 10080.
 * @returns {Promise<{loggedIn: boolean, name: string|null, role: "user"|"admin"|"superadmin"|null,
 *   expiresAt: string|null, expiresInMinutes: number|null}>}
 * @keywords renew extend prolong expire expired expiry token refresh renovar refrescar caducado about to expire
 *   session renovar sesion
 * @example
 * import { refreshToken } from "./tools/auth/refreshToken.js";
 * await refreshToken({ minutes: 30 });
 */
export async function refreshToken(params = {}) {
  const { minutes = 5 } = check("refreshToken", params, { minutes: [0, 10_080] });
  // Made before waiting, while the caller's line is still on the stack.
  const ended = new APIError(`The login does not last ${minutes} minutes longer: log in again.`, {
    status: 401, code: "notLoggedIn", hint: "BiteTrack cannot refresh a token: ask the user to log in with auth.login.",
  });
  const account = await whoAmI();
  if (!account.loggedIn || account.expiresInMinutes < minutes) throw ended;
  return account;
}
