import { callAPI } from "bitetrack:api";

/**
 * Reads one sale by its id, with ids in place of names.
 *
 * Unlike in getSales, `customerId`, `sellerId` and `products[].productId` are plain id strings here. Throws with status
 * 404 when there is no such sale.
 *
 * Cost: one upstream call, reused for 30 s. For many sales use getSales: one call brings 100.
 *
 * @param {Object} params
 * @param {string} params.id - 24 hex digits; the id alone may stand in place of the object.
 * @returns {Promise<{id: string, customerId: ?string, sellerId: ?string, products: {productId: ?string,
 *   quantity: number, priceAtSale: number}[], totalAmount: number, amountPaid: number, settled: boolean,
 *   settledAt: ?string, createdAt: string, updatedAt: string}>} Money in major units, unrounded; dates ISO 8601, UTC.
 * @example
 * import * as sales from "./tools/sales";
 * const sale = await sales.getSaleById({ id: "64b000000000000000000001" });
 * sale.totalAmount - sale.amountPaid;
 */
export async function getSaleById(params = {}) {
  return callAPI("GET /sales/{id}", typeof params === "string" ? { id: params } : params);
}
