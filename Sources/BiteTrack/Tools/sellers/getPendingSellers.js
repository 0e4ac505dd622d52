import { callAPI } from "bitetrack:api";
import { check } from "../../lib/check.js";

/**
 * Lists invited sellers who have not activated their account yet, newest first. Needs the role superadmin.
 *
 * Ids are in `_id` here.
 *
 * Cost: one upstream call, reused for 60 s.
 *
 * @param {Object} [params]
 * @param {("email"|"dateOfBirth")[]} [params.include] - Personal data to show unmasked; the operator may forbid it.
 * @returns {Promise<{count: number, pendingSellers: {_id: string, firstName: string, lastName: string, email: string,
 *   dateOfBirth: string, createdAt: string, testingUser: boolean, createdBy: {_id: string, firstName: string,
 *   lastName: string, email: string, role: string}|null}[]}>}
 * @keywords invited not activated waiting invitations new staff pendientes invitados sin activar vendedores
 *   pendientes invited but not activated
 * @example
 * import { getPendingSellers } from "./tools/sellers/getPendingSellers.js";
 * (await getPendingSellers()).count;
 */
export async function getPendingSellers(params = {}) {
  return callAPI("GET /sellers/pending", check("getPendingSellers", params, {
    include: { list: ["email", "dateOfBirth"] },
  }));
}
