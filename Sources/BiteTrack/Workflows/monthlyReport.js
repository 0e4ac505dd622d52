import { check } from "../lib/check.js";
import { lastMonth, month as monthOf, addDays } from "../lib/dates.js";
import { round } from "../lib/money.js";
import { runSteps } from "../lib/steps.js";
import { getSalesAnalytics } from "../tools/reporting/getSalesAnalytics.js";

/**
 * Reports on one month and compares it with the month before: revenue, orders, customers, best days and products.
 *
 * Counts whole UTC days, as BiteTrack's analytics do. Steps: readMonth, readPrevious, compare.
 *
 * Cost: two upstream calls.
 *
 * @param {Object} [params]
 * @param {string} [params.month] - `YYYY-MM`; the last whole month when left out.
 * @param {"readMonth"|"readPrevious"|"compare"} [params.until] - Stops after a step and returns the state so far.
 * @returns {Promise<{month: string, previous: string, figures: Record<string, {value: number, before: number,
 *   changePercent: number|null}>, bestDay: {date: string, revenue: number}|null, weakestDay: {date: string, revenue:
 *   number}|null, topProducts: {product: string, units: number, revenue: number, sharePercent: number}[],
 *   unpaid: number}>} Figures: revenue, sales, averageOrder, customers. Money in major units, rounded.
 * @keywords month report monthly summary compare previous month growth informe mensual reporte del mes resumen mensual
 *   comparar
 * @example
 * import { monthlyReport } from "./workflows/monthlyReport.js";
 * await monthlyReport({ month: "2025-01" });
 */
export async function monthlyReport(params = {}) {
  const { month = lastMonth().days.startDate.slice(0, 7), until } = check("monthlyReport", params, {
    month: "month", until: steps.map((step) => step.name),
  });
  const previous = addDays(`${month}-01`, -1).slice(0, 7);
  const state = await runSteps("monthlyReport", steps, { month, previous }, { until });
  return until === undefined ? state.report : state;
}

export const steps = [readMonth, readPrevious, compare];

async function readMonth({ month }) {
  return { now: await getSalesAnalytics({ ...monthOf(month).days, groupBy: "day" }) };
}

async function readPrevious({ previous }) {
  return { before: await getSalesAnalytics({ ...monthOf(previous).days, groupBy: "day" }) };
}

async function compare({ month, previous, now, before }) {
  const figure = (pick) => {
    const [value, past] = [pick(now) ?? 0, pick(before) ?? 0];
    return { value: round(value), before: round(past), changePercent: past === 0 ? null : round((value - past) / past * 100) };
  };
  const days = now.timeSeries.map(({ _id, revenue }) => ({
    date: `${_id.year}-${String(_id.month).padStart(2, "0")}-${String(_id.day).padStart(2, "0")}`, revenue: round(revenue),
  })).sort((a, b) => b.revenue - a.revenue);
  const { unsettled } = now.paymentAnalytics;
  return {
    report: {
      month, previous,
      figures: {
        revenue: figure((r) => r.summary.totalRevenue), sales: figure((r) => r.summary.totalSales),
        averageOrder: figure((r) => r.summary.averageOrderValue), customers: figure((r) => r.customerAnalytics.uniqueCustomers),
      },
      bestDay: days[0] ?? null, weakestDay: days[days.length - 1] ?? null,
      topProducts: now.topProducts.slice(0, 5).map((product) => ({
        product: product.productName, units: product.totalQuantitySold, revenue: round(product.totalRevenue),
        sharePercent: round(product.totalRevenue / now.summary.totalRevenue * 100),
      })),
      unpaid: round(unsettled.totalAmount - unsettled.totalPaid),
    },
  };
}
