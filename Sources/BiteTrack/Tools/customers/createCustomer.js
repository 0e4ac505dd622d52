import { callAPI } from "bitetrack:api";
import { check } from "../../lib/check.js";

/**
 * Adds a customer.
 *
 * Changes data: writes are not open to scripts yet, so that this throws with status 403 before anything is sent.
 * Phone numbers are unique.
 *
 * Cost: none, nothing is sent.
 *
 * @param {Object} params
 * @param {string} params.firstName
 * @param {string} params.lastName
 * @param {string} params.phoneNumber - 10 digits that start with 3, or 7 digits.
 * @param {string} [params.email] - Leave it out when there is none.
 * @returns {Promise<Customer>} As in getCustomers.js.
 * @keywords new client add register create customer nuevo cliente crear agregar registrar
 * @example
 * import { createCustomer } from "./tools/customers/createCustomer.js";
 * await createCustomer({ firstName: "Ana", lastName: "Gómez", phoneNumber: "3001234567" });
 */
export async function createCustomer(params = {}) {
  return callAPI("POST /customers", check("createCustomer", params, {
    firstName: "text!", lastName: "text!", phoneNumber: "text!", email: "email",
  }));
}
