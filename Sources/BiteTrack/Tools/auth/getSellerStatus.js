import { callAPI } from "bitetrack:api";
import { check, single } from "../../lib/check.js";

/**
 * Tells whether an email address belongs to an active or to a pending seller account.
 *
 * Throws with status 404 when it belongs to none. Needs no login.
 *
 * Cost: one upstream call, never cached.
 *
 * @param {Object} params
 * @param {string} params.email - The address alone may stand in place of the object.
 * @returns {Promise<{email: string, status: "active"|"pending"}>} The address comes back as it was asked.
 * @keywords account exists activated pending email check cuenta activa pendiente correo estado vendedor cuenta activa
 *   o pendiente
 * @example
 * import { getSellerStatus } from "./tools/auth/getSellerStatus.js";
 * const { status } = await getSellerStatus({ email: "maria@demo.test" });
 */
export async function getSellerStatus(params = {}) {
  const query = check("getSellerStatus", single(params, "email"), { email: "email!" });
  return callAPI("GET /auth/seller-status", { ...query, include: ["email"] });
}
