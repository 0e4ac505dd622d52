import { callAPI } from "bitetrack:api";

/**
 * @typedef {Object} Customer
 * @property {string} id - 24 hex digits.
 * @property {string} firstName
 * @property {string} lastName - Two customers may share a full name.
 * @property {string} phoneNumber - Digits only, unique.
 * @property {?string} [email] - About a third have none.
 * @property {?string} lastTransaction - Instant of the last sale (ISO 8601, UTC), or null.
 * @property {string} createdAt
 * @property {string} updatedAt
 */

/**
 * Lists all customers with contact data and the date of their last purchase.
 *
 * The whole list always comes at once: search and filter in the script. Customers idle for 30 days are those whose
 * `lastTransaction` is older, or null when they never bought.
 *
 * Cost: one upstream call, reused for 60 s, shared with getCustomerById.
 *
 * @returns {Promise<Customer[]>} In no promised order.
 * @example
 * import * as customers from "./tools/customers";
 * const all = await customers.getCustomers();
 * const since = new Date(Date.now() - 30 * 86400000).toISOString();
 * all.filter((c) => !c.lastTransaction || c.lastTransaction < since).length;
 */
export async function getCustomers(params = {}) {
  return callAPI("GET /customers", params);
}
