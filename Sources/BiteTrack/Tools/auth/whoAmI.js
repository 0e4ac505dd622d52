import { callAPI } from "bitetrack:api";
import { check } from "../../lib/check.js";

/**
 * Tells who is logged in to this session and until when, without asking BiteTrack.
 *
 * BiteTrack has no such endpoint: the answer comes from the sealed login of this session. Never throws: without a login,
 * or after it has expired, `loggedIn` is false and the other members are null.
 *
 * Cost: none.
 *
 * @returns {Promise<{loggedIn: boolean, name: string|null, role: "user"|"admin"|"superadmin"|null,
 *   expiresAt: string|null, expiresInMinutes: number|null}>} `expiresAt` is an ISO 8601 instant in UTC.
 * @keywords who am i current user account me my role permissions session status logged in quien soy mi usuario rol
 *   sesion what role do i have am i logged in
 * @example
 * import { whoAmI } from "./tools/auth/whoAmI.js";
 * const { loggedIn, role } = await whoAmI();
 */
export async function whoAmI(params = {}) {
  return callAPI("session whoAmI", check("whoAmI", params, {}));
}
