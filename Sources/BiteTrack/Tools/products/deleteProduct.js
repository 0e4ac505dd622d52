import { callAPI } from "bitetrack:api";
import { check } from "../../lib/check.js";

/**
 * Deletes a product.
 *
 * Changes data: writes are not open to scripts yet, so that this throws with status 403 before anything is sent. Past
 * sales then show null in its place, and analytics lose it.
 *
 * Cost: none, nothing is sent.
 *
 * @param {Object} params
 * @param {string} params.id - 24 hex digits.
 * @returns {Promise<null>}
 * @keywords remove product discontinue item eliminar borrar quitar producto
 * @example
 * import { deleteProduct } from "./tools/products/deleteProduct.js";
 * await deleteProduct({ id: "64b000000000000000000001" });
 */
export async function deleteProduct(params = {}) {
  return callAPI("DELETE /products/{id}", check("deleteProduct", params, { id: "id!" }));
}
