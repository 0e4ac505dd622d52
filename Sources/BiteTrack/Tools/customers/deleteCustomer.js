import { callAPI } from "bitetrack:api";
import { check } from "../../lib/check.js";

/**
 * Deletes a customer.
 *
 * Changes data: writes are not open to scripts yet, so that this throws with status 403 before anything is sent.
 * Their sales stay and show null in their place.
 *
 * Cost: none, nothing is sent.
 *
 * @param {Object} params
 * @param {string} params.id - 24 hex digits.
 * @returns {Promise<null>}
 * @keywords remove client forget erase eliminar borrar cliente
 * @example
 * import { deleteCustomer } from "./tools/customers/deleteCustomer.js";
 * await deleteCustomer({ id: "64b000000000000000000001" });
 */
export async function deleteCustomer(params = {}) {
  return callAPI("DELETE /customers/{id}", check("deleteCustomer", params, { id: "id!" }));
}
