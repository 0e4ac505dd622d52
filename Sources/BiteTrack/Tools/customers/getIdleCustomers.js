import { check } from "../../lib/check.js";
import { getCustomers } from "./getCustomers.js";

/**
 * Lists customers who have not bought for a number of days, longest absence last.
 *
 * Days count back from now. Those who never bought are left out unless asked for; they come last, with `idleDays` null.
 *
 * Cost: one upstream call, reused for 60 s, shared with getCustomers.
 *
 * @param {Object} [params]
 * @param {number} [params.days=30] - Days without a purchase, 1 to 3650.
 * @param {boolean} [params.includeNever=false] - Also those who never bought.
 * @param {("email"|"phoneNumber")[]} [params.include] - Contact data to show unmasked.
 * @returns {Promise<(Customer & {idleDays: number|null})[]>} As in getCustomers.js, with whole days since the last
 *   purchase.
 * @keywords inactive dormant lost churn stayed away not bought absent win back no longer come since clientes
 *   inactivos sin comprar hace dias ausentes dejaron de comprar recuperar customers stayed away
 * @example
 * import { getIdleCustomers } from "./tools/customers/getIdleCustomers.js";
 * (await getIdleCustomers({ days: 60 })).map((c) => `${c.firstName} ${c.lastName}: ${c.idleDays} days`);
 */
export async function getIdleCustomers(params = {}) {
  const { days = 30, includeNever = false, ...rest } = check("getIdleCustomers", params, {
    days: [1, 3650], includeNever: "boolean", include: { list: ["email", "phoneNumber"] },
  });
  const now = Date.now();
  return (await getCustomers(rest))
    .filter((c) => c.lastTransaction ? now - Date.parse(c.lastTransaction) >= days * 86_400_000 : includeNever)
    .map((c) => ({ ...c, idleDays: c.lastTransaction ? Math.floor((now - Date.parse(c.lastTransaction)) / 86_400_000) : null }))
    .sort((a, b) => (a.idleDays ?? Infinity) - (b.idleDays ?? Infinity));
}
