import { check } from "../lib/check.js";
import { joinById } from "../lib/group.js";
import { runSteps } from "../lib/steps.js";
import { getCustomers } from "../tools/customers/getCustomers.js";
import { getIdleCustomers } from "../tools/customers/getIdleCustomers.js";
import { getUnsettledTotals } from "../tools/sales/getUnsettledTotals.js";

/**
 * Finds the customers to contact: those who owe money, and those who have stayed away.
 *
 * Steps: readDebts, readCustomers, select. Nothing is sent to anybody.
 *
 * Cost: one upstream call per 100 unsettled sales, and one for the customers.
 *
 * @param {Object} [params]
 * @param {number} [params.days=30] - Days without a purchase that count as staying away, 1 to 3650.
 * @param {number} [params.limit=20] - Rows of each list, 1 to 1000.
 * @param {("email"|"phoneNumber")[]} [params.include] - Contact data to show unmasked.
 * @param {"readDebts"|"readCustomers"|"select"} [params.until] - Stops after a step and returns the state so far.
 * @returns {Promise<{owing: {name: string, phoneNumber: string, email: string|null, sales: number, balance: number,
 *   oldest: string}[], away: {name: string, phoneNumber: string, email: string|null, lastTransaction: string, idleDays:
 *   number}[]}>} Largest balance first; latest purchase first. Money in major units, rounded.
 * @keywords follow up reminder whom to call contact debtors and inactive clients win back seguimiento recordatorio a
 *   quien llamar contactar clientes cobranza
 * @example
 * import { customerFollowUp } from "./workflows/customerFollowUp.js";
 * await customerFollowUp({ days: 45, include: ["phoneNumber"] });
 */
export async function customerFollowUp(params = {}) {
  const { until, ...state } = check("customerFollowUp", params, {
    days: [1, 3650], limit: [1, 1000], include: { list: ["email", "phoneNumber"] }, until: steps.map((step) => step.name),
  });
  const end = await runSteps("customerFollowUp", steps, { days: 30, limit: 20, include: [], ...state }, { until });
  return until === undefined ? end.lists : end;
}

export const steps = [readDebts, readCustomers, select];

async function readDebts() {
  return { debts: (await getUnsettledTotals()).customers };
}

async function readCustomers({ days, include }) {
  return { customers: await getCustomers({ include }), idle: await getIdleCustomers({ days, include }) };
}

async function select({ debts, customers, idle, limit }) {
  const contact = (c) => ({
    name: `${c.firstName} ${c.lastName}`, phoneNumber: c.phoneNumber, email: c.email ?? null,
  });
  return {
    lists: {
      owing: joinById(debts, "customerId", customers, "customer").filter(({ customer }) => customer).slice(0, limit)
        .map(({ customer, count, balance, oldest }) => ({ ...contact(customer), sales: count, balance, oldest })),
      away: idle.slice(0, limit).map((c) => ({ ...contact(c), lastTransaction: c.lastTransaction, idleDays: c.idleDays })),
    },
  };
}
