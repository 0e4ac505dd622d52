import { callAPI } from "bitetrack:api";
import { check } from "../../lib/check.js";

/**
 * Records a sale and takes its products out of stock.
 *
 * Changes data: writes are not open to scripts yet, so that this throws with status 403 before anything is sent.
 * Prices come from the products; a sale cannot be edited, deleted or repeated safely afterwards.
 *
 * Cost: none, nothing is sent.
 *
 * @param {Object} params
 * @param {string} params.customerId - 24 hex digits.
 * @param {{productId: string, quantity: number}[]} params.products - 1 to 200 lines; `quantity` is a whole number from 1 on.
 * @param {number} [params.amountPaid] - Major units; 0 when left out, may exceed the total.
 * @returns {Promise<Sale>} The sale as in getSaleById.js.
 * @keywords record register new sale sell checkout add order create make ring up registrar nueva venta vender crear
 * @example
 * import { createSale } from "./tools/sales/createSale.js";
 * await createSale({ customerId: "64b000000000000000000001", products: [{ productId: "64b000000000000000000002", quantity: 1 }] });
 */
export async function createSale(params = {}) {
  return callAPI("POST /sales", check("createSale", params, {
    customerId: "id!", products: "rows!", amountPaid: "amount",
  }));
}
