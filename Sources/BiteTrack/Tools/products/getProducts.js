import { callAPI } from "bitetrack:api";

/**
 * @typedef {Object} Product
 * @property {string} id - 24 hex digits.
 * @property {string} name - The same as productName.
 * @property {string} productName
 * @property {string} description - Empty when there is none.
 * @property {number} count - Units in stock.
 * @property {number} price - Today's price per unit, in major units (12.99).
 * @property {string} createdAt - ISO 8601, UTC.
 * @property {string} updatedAt
 */

/**
 * Lists all products with their price and stock.
 *
 * The whole list always comes at once: filter, search and sort in the script. There are no categories and no low-stock
 * threshold: choose one (`count <= 5`).
 *
 * Cost: one upstream call, reused for 60 s, shared with getProductById.
 *
 * @returns {Promise<Product[]>} In no promised order.
 * @example
 * import * as products from "./tools/products";
 * const all = await products.getProducts();
 * all.filter((p) => p.count <= 5).map((p) => `${p.name}: ${p.count}`);
 */
export async function getProducts(params = {}) {
  return callAPI("GET /products", params);
}
