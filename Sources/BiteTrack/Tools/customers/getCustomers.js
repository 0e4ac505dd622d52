import { callAPI } from "bitetrack:api";
import { check } from "../../lib/check.js";

/**
 * @typedef {Object} Customer
 * @property {string} id - 24 hex digits.
 * @property {string} firstName
 * @property {string} lastName - Two customers may share a full name.
 * @property {string} phoneNumber - Masked as ***1234 (last four digits) unless included.
 * @property {string|null} [email] - About a third have none. Masked as *** unless included.
 * @property {string|null} lastTransaction - Instant of the last sale (ISO 8601, UTC), or null.
 * @property {boolean} isTestData
 * @property {string} createdAt
 * @property {string} updatedAt
 */

/**
 * Lists all customers with the date of their last purchase.
 *
 * The whole list always comes at once: filter in the script. findCustomers looks by name or phone, getIdleCustomers by
 * time without a purchase.
 *
 * Cost: one upstream call, reused for 60 s, shared with the other readers of customers.
 *
 * @param {Object} [params]
 * @param {("email"|"phoneNumber")[]} [params.include] - Contact data to show unmasked; the operator may forbid it.
 * @returns {Promise<Customer[]>} In no promised order.
 * @keywords clients buyers people contacts guests list all clientes lista contactos
 * @example
 * import { getCustomers } from "./tools/customers/getCustomers.js";
 * (await getCustomers()).filter((c) => !c.lastTransaction).length;
 */
export async function getCustomers(params = {}) {
  return callAPI("GET /customers", check("getCustomers", params, { include: { list: ["email", "phoneNumber"] } }));
}
