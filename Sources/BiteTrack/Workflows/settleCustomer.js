import { check, invalid, single } from "../lib/check.js";
import { balance, round, sumMoney } from "../lib/money.js";
import { runSteps } from "../lib/steps.js";
import { findCustomers } from "../tools/customers/findCustomers.js";
import { getCustomerById } from "../tools/customers/getCustomerById.js";
import { getCustomerTransactions } from "../tools/customers/getCustomerTransactions.js";

/**
 * Works out what a customer owes and how it would be settled; a dry run that changes nothing.
 *
 * When several customers fit, `candidates` has them and nothing else is worked out: ask which one is meant. Steps:
 * findCustomer, readOpenSales, plan.
 *
 * Cost: one upstream call for the customers, and one per 100 open sales.
 *
 * @param {Object} params
 * @param {string} params.customer - Name, phone number or id; the text alone may stand in place of the object.
 * @param {"findCustomer"|"readOpenSales"|"plan"} [params.until] - Stops after a step and returns the state so far.
 * @returns {Promise<{dryRun: true, candidates: {id: string, name: string, phoneNumber: string}[], customer?: string,
 *   due?: number, openSales?: {id: string, date: string, products: string, total: number, paid: number, balance:
 *   number}[], plan?: {route: string, id: string}[]}>} Oldest sale first; money in major units, rounded. `plan` lists the
 *   calls that would settle each sale in full, which could not be undone.
 * @keywords settle customer debt what does he owe pay off tab account of one client saldar cuenta de un cliente liquidar
 *   deuda cuanto debe
 * @example
 * import { settleCustomer } from "./workflows/settleCustomer.js";
 * await settleCustomer({ customer: "Ana Gómez" });
 */
export async function settleCustomer(params = {}) {
  const { customer, until } = check("settleCustomer", single(params, "customer"), {
    customer: "text!", until: steps.map((step) => step.name),
  });
  const state = await runSteps("settleCustomer", steps, { wanted: customer }, { until });
  return until === undefined ? state.result : state;
}

export const steps = [findCustomer, readOpenSales, plan];

async function findCustomer({ wanted }) {
  if (/^[0-9a-f]{24}$/i.test(wanted)) return { candidates: [await getCustomerById(wanted)] };
  const isPhone = /^[\d\s()+-]{4,}$/.test(wanted);
  const candidates = await findCustomers(isPhone ? { phone: wanted } : { name: wanted });
  if (candidates.length === 0) {
    throw invalid(
      `settleCustomer: no customer is like ${JSON.stringify(wanted)}`, "Ask the user for the name as it is in BiteTrack.");
  }
  const exact = candidates.filter((c) => `${c.firstName} ${c.lastName}`.toLowerCase() === wanted.trim().toLowerCase());
  return { candidates: exact.length > 0 ? exact : candidates };
}

async function readOpenSales({ candidates }) {
  if (candidates.length > 1) return { open: null };
  const { transactions } = await getCustomerTransactions({ customerId: candidates[0].id, settled: false, allPages: true });
  return { open: transactions };
}

async function plan({ candidates, open }) {
  const people = candidates.map((c) => ({ id: c.id, name: `${c.firstName} ${c.lastName}`, phoneNumber: c.phoneNumber }));
  if (open === null) return { result: { dryRun: true, candidates: people } };
  const openSales = open.map((sale) => ({
    id: sale.id, date: sale.createdAt,
    products: sale.products.map((line) => `${line.quantity} × ${line.productId?.name ?? "(deleted)"}`).join(", "),
    total: round(sale.totalAmount), paid: round(sale.amountPaid), balance: balance(sale),
  })).sort((a, b) => (a.date < b.date ? -1 : 1));
  return {
    result: {
      dryRun: true, candidates: people, customer: people[0].name, due: sumMoney(openSales, "balance"), openSales,
      plan: openSales.map(({ id }) => ({ route: "PATCH /sales/{id}/settle", id })),
    },
  };
}
