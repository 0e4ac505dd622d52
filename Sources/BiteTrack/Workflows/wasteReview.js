import { check } from "../lib/check.js";
import { lastMonth, month as monthOf, shopDay } from "../lib/dates.js";
import { sumBy } from "../lib/group.js";
import { round, sumMoney } from "../lib/money.js";
import { runSteps } from "../lib/steps.js";
import { getInventoryDrops } from "../tools/inventory-drops/getInventoryDrops.js";
import { getSalesAnalytics } from "../tools/reporting/getSalesAnalytics.js";

/**
 * Reviews what was thrown away in a month: cost, reasons, products, worst days. Needs the role admin or superadmin.
 *
 * The month is the shop's; the revenue it is compared with counts UTC days. Steps: readWaste, readRevenue, analyze.
 *
 * Cost: two upstream calls.
 *
 * @param {Object} [params]
 * @param {string} [params.month] - `YYYY-MM`; the last whole month when left out.
 * @param {"expired"|"end_of_day"|"quality_issue"|"damaged"|"contaminated"|"overproduction"|"other"} [params.reason] -
 *   Only this reason.
 * @param {"readWaste"|"readRevenue"|"analyze"} [params.until] - Stops after a step and returns the state so far.
 * @returns {Promise<{month: string, drops: number, units: number, value: number, revenueSharePercent: number|null,
 *   byReason: {reason: string, units: number, value: number}[], byProduct: {product: string, units: number, value:
 *   number}[], worstDays: {date: string, value: number}[]}>} Money in major units, rounded; ten products, five days.
 * @keywords waste review shrinkage analysis what do we throw away most reduce waste revisar mermas analisis de desperdicio
 *   reducir
 * @example
 * import { wasteReview } from "./workflows/wasteReview.js";
 * await wasteReview({ month: "2025-01" });
 */
export async function wasteReview(params = {}) {
  const { month = lastMonth().days.startDate.slice(0, 7), reason, until } = check("wasteReview", params, {
    month: "month", until: steps.map((step) => step.name),
    reason: ["expired", "end_of_day", "quality_issue", "damaged", "contaminated", "overproduction", "other"],
  });
  const state = await runSteps("wasteReview", steps, { month, reason }, { until });
  return until === undefined ? state.review : state;
}

export const steps = [readWaste, readRevenue, analyze];

async function readWaste({ month, reason }) {
  return { drops: (await getInventoryDrops({ ...monthOf(month), reason })).drops };
}

async function readRevenue({ month }) {
  return { revenue: (await getSalesAnalytics({ ...monthOf(month).days, groupBy: "month" })).summary.totalRevenue };
}

async function analyze({ month, drops, revenue }) {
  const value = sumMoney(drops, "totalValueLost");
  const parts = (key) => sumBy(drops, key, "totalValueLost").map(({ key: name, sum }) => ({
    name, value: round(sum),
    units: drops.filter((drop) => drop[key] === name).reduce((units, drop) => units + drop.quantityDropped, 0),
  }));
  return {
    review: {
      month, drops: drops.length, units: drops.reduce((sum, drop) => sum + drop.quantityDropped, 0), value,
      revenueSharePercent: revenue > 0 ? round(value / revenue * 100) : null,
      byReason: parts("reason").map(({ name, ...rest }) => ({ reason: name, ...rest })),
      byProduct: parts("productName").slice(0, 10).map(({ name, ...rest }) => ({ product: name, ...rest })),
      worstDays: sumBy(drops, (drop) => shopDay(drop.droppedAt), "totalValueLost").slice(0, 5)
        .map(({ key, sum }) => ({ date: key, value: round(sum) })),
    },
  };
}
