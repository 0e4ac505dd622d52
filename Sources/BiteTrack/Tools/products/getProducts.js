import { callAPI } from "bitetrack:api";
import { check } from "../../lib/check.js";

/**
 * @typedef {Object} Product
 * @property {string} id - 24 hex digits.
 * @property {string} name - The same as productName.
 * @property {string} productName
 * @property {string} description - Empty when there is none.
 * @property {number} count - Units in stock.
 * @property {number} price - Today's price per unit, in major units (12.99).
 * @property {boolean} isTestData
 * @property {string} createdAt - ISO 8601, UTC.
 * @property {string} updatedAt
 */

/**
 * Lists all products with their price and stock.
 *
 * The whole list always comes at once: filter and sort in the script. There are no categories.
 *
 * Cost: one upstream call, reused for 60 s, shared with all of ./tools/products.
 *
 * @returns {Promise<Product[]>} In no promised order.
 * @keywords items articles goods menu catalog catalogue dishes price list prices stock productos articulos precios carta
 * @example
 * import { getProducts } from "./tools/products/getProducts.js";
 * (await getProducts()).map(({ name, price }) => `${name}: ${price}`);
 */
export async function getProducts(params = {}) {
  return callAPI("GET /products", check("getProducts", params, {}));
}
