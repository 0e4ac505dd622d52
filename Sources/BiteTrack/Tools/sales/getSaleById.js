import { callAPI } from "bitetrack:api";
import { check, single } from "../../lib/check.js";

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
 * @returns {Promise<{id: string, customerId: string|null, sellerId: string|null, products: {productId: string|null,
 *   quantity: number, priceAtSale: number, _id: string}[], totalAmount: number, amountPaid: number, settled: boolean,
 *   settledAt: string|null, externalSale: boolean, originalCreatedAt: string|null, importedAt: string|null,
 *   importBatch: string|null, paymentMethod: string|null, receiptUrl: string|null, isTestData: boolean,
 *   createdAt: string, updatedAt: string}>} Money in major units, unrounded; dates ISO 8601, UTC.
 * @keywords single order ticket receipt detail one sale id una venta detalle
 * @example
 * import { getSaleById } from "./tools/sales/getSaleById.js";
 * const sale = await getSaleById({ id: "64b000000000000000000001" });
 * sale.totalAmount - sale.amountPaid;
 */
export async function getSaleById(params = {}) {
  return callAPI("GET /sales/{id}", check("getSaleById", single(params), { id: "id!" }));
}
