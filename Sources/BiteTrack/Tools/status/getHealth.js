import { callAPI } from "bitetrack:api";
import { check } from "../../lib/check.js";

/**
 * Tells whether BiteTrack answers, and for how long it has been running. Needs no login.
 *
 * Says nothing about the database: see getDatabaseHealth.
 *
 * Cost: one upstream call, reused for 10 s.
 *
 * @returns {Promise<{status: "OK", timestamp: string, uptime: number}>} `uptime` in seconds.
 * @keywords up down alive running ping available outage reachable esta caido funciona servidor disponible server
 * @example
 * import { getHealth } from "./tools/status/getHealth.js";
 * (await getHealth()).status;
 */
export async function getHealth(params = {}) {
  return callAPI("GET /health", check("getHealth", params, {}));
}
