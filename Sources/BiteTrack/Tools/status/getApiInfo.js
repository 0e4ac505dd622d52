import { callAPI } from "bitetrack:api";
import { check } from "../../lib/check.js";

/**
 * Describes the BiteTrack server: version, environment, capabilities. Needs no login.
 *
 * `server.environment` is "demo" for sample data.
 *
 * Cost: one upstream call, reused for 5 minutes.
 *
 * @returns {Promise<{message: string, version: string, server: {host: string, port: number, environment: string},
 *   documentation: Object, capabilities: Object, quickStart: Object, health: Object}>}
 * @keywords version server environment demo production about which api version del servidor entorno
 * @example
 * import { getApiInfo } from "./tools/status/getApiInfo.js";
 * (await getApiInfo()).version;
 */
export async function getApiInfo(params = {}) {
  return callAPI("GET /", check("getApiInfo", params, {}));
}
