import { callAPI, APIError } from "bitetrack:api";

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
 * @returns {Promise<{id: string, name: string, productName: string, description: string, count: number, price: number,
 *   createdAt: string, updatedAt: string}>} `count` is units in stock, `price` in major units.
 * @example
 * import * as products from "./tools/products";
 * const { name, count } = await products.getProductById({ id: "64b000000000000000000001" });
 */
export async function getProductById(params = {}) {
  const id = typeof params === "string" ? params : params?.id;
  if (typeof id !== "string" || !/^[0-9a-f]{24}$/i.test(id)) {
    throw new APIError(`getProductById: id must be 24 hex digits, not ${JSON.stringify(id)}`, {
      status: 400, code: "invalidArguments", hint: "getProducts() lists all products with their ids.",
    });
  }
  return callAPI("GET /products/{id}", { id });
}
