import { callAPI } from "bitetrack:api";
import { check, single } from "../../lib/check.js";

/**
 * Reads one customer by id.
 *
 * BiteTrack has no such endpoint: this reads the list of all customers and picks. Throws with status 404 when there is
 * no such customer, also when it was deleted after buying.
 *
 * Cost: one upstream call for any number of customers within 60 s, shared with getCustomers.
 *
 * @param {Object} params
 * @param {string} params.id - 24 hex digits; the id alone may stand in place of the object.
 * @param {("email"|"phoneNumber")[]} [params.include] - Contact data to show unmasked.
 * @returns {Promise<Customer>} As in getCustomers.js.
 * @keywords single client one customer id un cliente
 * @example
 * import { getCustomerById } from "./tools/customers/getCustomerById.js";
 * const { firstName, lastTransaction } = await getCustomerById({ id: "64b000000000000000000001" });
 */
export async function getCustomerById(params = {}) {
  const rules = { id: "id!", include: { list: ["email", "phoneNumber"] } };
  return callAPI("GET /customers/{id}", check("getCustomerById", single(params), rules));
}
