import { callAPI } from "bitetrack:api";
import { check } from "../../lib/check.js";

/**
 * Records the payment of a sale, in full or in part.
 *
 * Changes data: writes are not open to scripts yet, so that this throws with status 403 before anything is sent.
 * Without amountPaid the sale is paid in full, which cannot be undone; with it, that amount replaces what was paid
 * before. What a customer owes, as a dry run: ./workflows/settleCustomer.js.
 *
 * Cost: none, nothing is sent.
 *
 * @param {Object} params
 * @param {string} params.id - 24 hex digits.
 * @param {number} [params.amountPaid] - Major units; leave it out to settle in full.
 * @returns {Promise<Sale>} The sale as in getSaleById.js.
 * @keywords pay payment settle mark as paid collect money receive cobrar pagar saldar liquidar registrar pago abono
 *   marcar pagada cobrar una venta
 * @example
 * import { settleSale } from "./tools/sales/settleSale.js";
 * await settleSale({ id: "64b000000000000000000001" });
 */
export async function settleSale(params = {}) {
  return callAPI("PATCH /sales/{id}/settle", check("settleSale", params, { id: "id!", amountPaid: "amount" }));
}
