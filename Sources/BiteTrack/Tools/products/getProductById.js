import { APIError } from "bitetrack:api";
import { check, single } from "../../lib/check.js";
import { getProducts } from "./getProducts.js";

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
  const { id } = check("getProductById", single(params), { id: "id!" });
  // Made before waiting, while the caller's line is still on the stack.
  const missing = new APIError(`Product ${id} not found`, {
    status: 404, code: "notFound", hint: "It may have been deleted. getProducts() lists all products.",
  });
  const product = (await getProducts()).find((candidate) => candidate.id === id);
  if (!product) throw missing;
  return product;
}
