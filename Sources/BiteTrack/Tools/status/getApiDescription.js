import { callAPI } from "bitetrack:api";
import { check } from "../../lib/check.js";

/**
 * Reads BiteTrack's own OpenAPI description. Needs no login.
 *
 * It disagrees with the server in places: the modules here say how things really are. It is big: pick from it.
 *
 * Cost: one upstream call, reused for an hour.
 *
 * @returns {Promise<{openapi: string, info: Object, paths: Record<string, Object>}>}
 * @keywords openapi swagger endpoints rest documentation specification documentacion
 * @example
 * import { getApiDescription } from "./tools/status/getApiDescription.js";
 * Object.keys((await getApiDescription()).paths);
 */
export async function getApiDescription(params = {}) {
  return callAPI("GET /docs.json", check("getApiDescription", params, {}));
}
