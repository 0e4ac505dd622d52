import { callAPI } from "bitetrack:api";
import { check } from "../../lib/check.js";

/**
 * Changes a customer's name, phone number or email address.
 *
 * Changes data: writes are not open to scripts yet, so that this throws with status 403 before anything is sent. An
 * email address cannot be cleared.
 *
 * Cost: none, nothing is sent.
 *
 * @param {Object} params
 * @param {string} params.id - 24 hex digits.
 * @param {string} [params.firstName]
 * @param {string} [params.lastName]
 * @param {string} [params.phoneNumber]
 * @param {string} [params.email]
 * @returns {Promise<Customer>} As in getCustomers.js.
 * @keywords edit change client rename correct phone modify cambiar actualizar editar corregir telefono cliente
 * @example
 * import { updateCustomer } from "./tools/customers/updateCustomer.js";
 * await updateCustomer({ id: "64b000000000000000000001", phoneNumber: "3001234567" });
 */
export async function updateCustomer(params = {}) {
  return callAPI("PATCH /customers/{id}", check("updateCustomer", params, {
    id: "id!", firstName: "text", lastName: "text", phoneNumber: "text", email: "email",
  }));
}
