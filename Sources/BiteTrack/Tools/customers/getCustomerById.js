import { callAPI, APIError } from "bitetrack:api";

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
 * @returns {Promise<{id: string, firstName: string, lastName: string, phoneNumber: string, email?: ?string,
 *   lastTransaction: ?string, createdAt: string, updatedAt: string}>} Dates are ISO 8601 in UTC.
 * @example
 * import * as customers from "./tools/customers";
 * const { firstName, lastTransaction } = await customers.getCustomerById({ id: "64b000000000000000000001" });
 */
export async function getCustomerById(params = {}) {
  const id = typeof params === "string" ? params : params?.id;
  if (typeof id !== "string" || !/^[0-9a-f]{24}$/i.test(id)) {
    throw new APIError(`getCustomerById: id must be 24 hex digits, not ${JSON.stringify(id)}`, {
      status: 400, code: "invalidArguments", hint: "getCustomers() lists all customers with their ids.",
    });
  }
  return callAPI("GET /customers/{id}", { id });
}
