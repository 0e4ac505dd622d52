import { callAPI } from "bitetrack:api";
import { check, invalid, single } from "../../lib/check.js";
import { onePage, readAll } from "../../lib/pages.js";

/**
 * @typedef {Object} Transaction - A sale as seen from its customer.
 * @property {string} id - Of the sale; 24 hex digits.
 * @property {string} customerId
 * @property {{id: string, firstName: string, lastName: string}|null} sellerId - null when deleted.
 * @property {{productId: {id: string, name: string, productName: string}|null, quantity: number, priceAtSale: number,
 *   _id: string}[]} products
 * @property {number} totalAmount - Major units, not rounded.
 * @property {number} amountPaid - Due is totalAmount - amountPaid.
 * @property {boolean} settled - Paid in full.
 * @property {string|null} settledAt
 * @property {boolean} externalSale
 * @property {string|null} originalCreatedAt
 * @property {string|null} importedAt
 * @property {string|null} importBatch
 * @property {string|null} paymentMethod
 * @property {string|null} receiptUrl
 * @property {boolean} isTestData
 * @property {string} createdAt - ISO 8601, UTC.
 * @property {string} updatedAt
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
 * @param {boolean} [params.allPages=false] - Reads every page (up to 4000 purchases) into one answer.
 * @param {("email"|"phoneNumber")[]} [params.include] - Contact data of the customer to show unmasked.
 * @returns {Promise<{customer: Customer, transactions: Transaction[], pagination: {currentPage: number,
 *   totalPages: number, totalTransactions: number, limit: number, hasNextPage: boolean, hasPrevPage: boolean}}>}
 *   `customer` is as in getCustomers.js. A page past the end is empty.
 * @keywords purchase history bought orders of one client what did buy visits historial compras de un cliente pedidos
 *   que compro what did a client buy
 * @example
 * import { getCustomerTransactions } from "./tools/customers/getCustomerTransactions.js";
 * const { transactions } = await getCustomerTransactions({
 *   customerId: "64b000000000000000000001", settled: false, allPages: true,
 * });
 * transactions.reduce((due, sale) => due + sale.totalAmount - sale.amountPaid, 0);
 */
export async function getCustomerTransactions(params = {}) {
  const { customerId, id, allPages, ...query } = check("getCustomerTransactions", single(params, "customerId"), {
    customerId: "id", id: "id", settled: "boolean", limit: [1, 100], page: [1, 1_000_000], allPages: "boolean",
    include: { list: ["email", "phoneNumber"] },
  });
  if (customerId !== undefined && id !== undefined) {
    throw invalid("getCustomerTransactions: give either customerId or id, not both");
  }
  query.id = customerId ?? id;
  if (query.id === undefined) throw invalid("getCustomerTransactions: customerId is missing: it must be an id of 24 hex digits.");
  if (!allPages) return callAPI("GET /customers/{id}/transactions", query);
  const read = (page) => callAPI("GET /customers/{id}/transactions", { ...query, limit: 100, page });
  const { rows, changed, first } = await readAll(read, "transactions", "totalTransactions", "getCustomerTransactions");
  return {
    customer: first.customer, transactions: rows, pagination: onePage("totalTransactions", rows.length, changed),
  };
}
