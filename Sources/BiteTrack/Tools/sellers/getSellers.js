import { callAPI } from "bitetrack:api";
import { check } from "../../lib/check.js";

/**
 * @typedef {Object} Seller
 * @property {string} id - 24 hex digits.
 * @property {string} firstName
 * @property {string} lastName
 * @property {string} email - Masked as *** unless included.
 * @property {string} dateOfBirth - Masked as *** unless included, which the operator forbids by default.
 * @property {"user"|"admin"|"superadmin"} role
 * @property {string} createdBy - Id of a seller, or "Self".
 * @property {string} activatedAt - ISO 8601, UTC.
 * @property {boolean} testingUser
 * @property {string} createdAt
 * @property {string} updatedAt
 */

/**
 * Lists all sellers (the shop's staff) with their roles. Needs the role admin or superadmin.
 *
 * Without that role: the seller of each sale stands in getSales, by id and name.
 *
 * Cost: one upstream call, reused for 60 s, shared with getSellerById.
 *
 * @param {Object} [params]
 * @param {("email"|"dateOfBirth")[]} [params.include] - Personal data to show unmasked; the operator may forbid it.
 * @returns {Promise<Seller[]>} In no promised order.
 * @keywords staff employees team users accounts cashiers workers administrators roles vendedores empleados personal
 *   usuarios equipo
 * @example
 * import { getSellers } from "./tools/sellers/getSellers.js";
 * (await getSellers()).map((s) => `${s.firstName} ${s.lastName}: ${s.role}`);
 */
export async function getSellers(params = {}) {
  return callAPI("GET /sellers", check("getSellers", params, { include: { list: ["email", "dateOfBirth"] } }));
}
