import { callAPI } from "bitetrack:api";
import { check } from "../../lib/check.js";

/**
 * Changes a product's name, price, stock or description.
 *
 * Changes data: writes are not open to scripts yet, so that this throws with status 403 before anything is sent.
 * count replaces the stock: sales made meanwhile would be lost.
 *
 * Cost: none, nothing is sent.
 *
 * @param {Object} params
 * @param {string} params.id - 24 hex digits.
 * @param {string} [params.productName]
 * @param {number} [params.count] - Units in stock, from 0.
 * @param {number} [params.price] - Major units.
 * @param {string} [params.description]
 * @returns {Promise<Product>} As in getProducts.js.
 * @keywords edit change price rename restock set stock adjust inventory modify cambiar precio actualizar editar
 *   producto ajustar stock reponer
 * @example
 * import { updateProduct } from "./tools/products/updateProduct.js";
 * await updateProduct({ id: "64b000000000000000000001", price: 2.99 });
 */
export async function updateProduct(params = {}) {
  return callAPI("PATCH /products/{id}", check("updateProduct", params, {
    id: "id!", productName: "text", count: [0, 1_000_000_000], price: "amount", description: "text",
  }));
}
