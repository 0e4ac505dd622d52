import { callAPI } from "bitetrack:api";
import { check } from "../../lib/check.js";

/**
 * Tells whether BiteTrack reaches its database. Needs no login.
 *
 * Throws with status 503 when it does not; then logins fail with status 401 too, whatever the password.
 *
 * Cost: one upstream call, reused for 10 s.
 *
 * @returns {Promise<{status: string, database: string, host: string, port: number, timestamp: string}>}
 * @keywords mongodb mongo database connected db base de datos conectada
 * @example
 * import { getDatabaseHealth } from "./tools/status/getDatabaseHealth.js";
 * (await getDatabaseHealth()).status === "connected";
 */
export async function getDatabaseHealth(params = {}) {
  return callAPI("GET /health/mongodb", check("getDatabaseHealth", params, {}));
}
