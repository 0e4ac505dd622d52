import { check, single } from "../../lib/check.js";
import { bestMatches } from "../../lib/match.js";
import { getProducts } from "./getProducts.js";

/**
 * Finds products by a part of their name, with slips and missing accents forgiven.
 *
 * BiteTrack has no search: this reads the list of all products and compares. An empty array means that nothing is like it.
 *
 * Cost: one upstream call, reused for 60 s, shared with getProducts.
 *
 * @param {Object} params
 * @param {string} params.name - Words of the name; the text alone may stand in place of the object.
 * @param {number} [params.limit=10] - 1 to 100.
 * @returns {Promise<Product[]>} As in getProducts.js, best match first.
 * @keywords find lookup look up by name which product called price of stock of how many left buscar encontrar producto
 *   llamado nombre
 * @example
 * import { searchProducts } from "./tools/products/searchProducts.js";
 * const [wrap] = await searchProducts({ name: "chicken wrap" });
 * ({ name: wrap?.name, left: wrap?.count });
 */
export async function searchProducts(params = {}) {
  const { name, limit = 10 } = check("searchProducts", single(params, "name"), { name: "text!", limit: [1, 100] });
  return bestMatches(await getProducts(), name, (product) => `${product.name} ${product.description}`).slice(0, limit);
}
