import { callAPI } from "bitetrack:api";
import { check } from "../../lib/check.js";

/**
 * Adds a product.
 *
 * Changes data: writes are not open to scripts yet, so that this throws with status 403 before anything is sent.
 * Names need not be unique.
 *
 * Cost: none, nothing is sent.
 *
 * @param {Object} params
 * @param {string} params.productName
 * @param {number} params.count - Units in stock, from 0.
 * @param {number} params.price - Major units.
 * @param {string} [params.description]
 * @returns {Promise<Product>} As in getProducts.js.
 * @keywords new product item add create menu nuevo producto crear agregar articulo
 * @example
 * import { createProduct } from "./tools/products/createProduct.js";
 * await createProduct({ productName: "Iced Tea", count: 20, price: 2.49 });
 */
export async function createProduct(params = {}) {
  return callAPI("POST /products", check("createProduct", params, {
    productName: "text!", count: [0, 1_000_000_000], price: "amount!", description: "text",
  }));
}
