import { callAPI } from "bitetrack:api";
import { check, single } from "../../lib/check.js";

/**
 * Reads one product by its id: name, price and stock.
 *
 * BiteTrack has no such endpoint: this reads the list of all products and picks. Throws with status 404 when there is
 * no such product, also when it was deleted after being sold.
 *
 * Cost: one upstream call for any number of products within 60 s, shared with getProducts.
 *
 * @param {Object} params
 * @param {string} params.id - 24 hex digits; the id alone may stand in place of the object.
 * @returns {Promise<Product>} As in getProducts.js: `count` is units in stock, `price` in major units.
 * @keywords single item one product id un producto
 * @example
 * import { getProductById } from "./tools/products/getProductById.js";
 * const { name, count } = await getProductById({ id: "64b000000000000000000001" });
 */
export async function getProductById(params = {}) {
  return callAPI("GET /products/{id}", check("getProductById", single(params), { id: "id!" }));
}
