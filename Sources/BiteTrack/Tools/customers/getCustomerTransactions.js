import { callAPI, APIError } from "bitetrack:api";

/**
 * @typedef {Object} Transaction - A sale as seen from its customer.
 * @property {string} id - Of the sale; 24 hex digits.
 * @property {string} customerId
 * @property {?{id: string, firstName: string, lastName: string}} sellerId - null when deleted.
 * @property {{productId: ?{id: string, name: string, productName: string}, quantity: number,
 *   priceAtSale: number}[]} products
 * @property {number} totalAmount - Major units, not rounded.
 * @property {number} amountPaid - Balance due is totalAmount - amountPaid.
 * @property {boolean} settled - Paid in full.
 * @property {string} createdAt - ISO 8601, UTC.
 */

/**
 * Lists one customer's purchases, newest first, together with the customer.
 *
 * There is no filter by date here: filter by `createdAt`, or use getSales with `customerId` and dates. Throws with
 * status 404 when there is no such customer.
 *
 * Cost: one upstream call per page of up to 100, reused for 30 s.
 *
 * @param {Object} params
 * @param {string} params.customerId - 24 hex digits; `id` is understood too.
 * @param {boolean} [params.settled] - true: only paid; false: only unpaid or partly paid; omit for all.
 * @param {number} [params.limit=10] - Purchases per page, 1 to 100.
 * @param {number} [params.page=1] - From 1.
 * @returns {Promise<{customer: Customer, transactions: Transaction[], pagination: {currentPage: number,
 *   totalPages: number, totalTransactions: number, limit: number, hasNextPage: boolean, hasPrevPage: boolean}}>}
 *   `customer` is as in getCustomers. A page past the end is empty.
 * @example
 * import * as customers from "./tools/customers";
 * const { customer, transactions } = await customers.getCustomerTransactions({
 *   customerId: "64b000000000000000000001", settled: false, limit: 100,
 * });
 * transactions.reduce((due, sale) => due + sale.totalAmount - sale.amountPaid, 0);
 */
export async function getCustomerTransactions(params = {}) {
  const { customerId, ...query } = typeof params === "string" ? { id: params } : params;
  if (customerId !== undefined && query.id !== undefined) {
    throw new APIError("getCustomerTransactions: give either customerId or id, not both", {
      status: 400, code: "invalidArguments",
    });
  }
  return callAPI("GET /customers/{id}/transactions", customerId === undefined ? query : { ...query, id: customerId });
}
