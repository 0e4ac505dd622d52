import { callAPI } from "bitetrack:api";
import { check, inOrder } from "../../lib/check.js";

/**
 * @typedef {Object} SalesAnalytics
 * @property {{totalSales: number, totalRevenue: number, totalAmountPaid: number, averageOrderValue: number,
 *   averageItemsPerOrder: number}} summary - Revenue includes unpaid sales; items are lines, not units.
 * @property {{_id: Bucket, salesCount: number, revenue: number, averageOrderValue: number}[]} timeSeries - Ascending;
 *   periods without sales are left out.
 * @property {{_id: string, productName: string, totalQuantitySold: number, totalRevenue: number, salesCount: number,
 *   currentPrice: number, averagePrice: number}[]} topProducts - At most ten, by revenue; `_id` is the product's id.
 * @property {{uniqueCustomers: number, averageCustomerSpent: number,
 *   averageOrdersPerCustomer: number}} customerAnalytics
 * @property {{settled: Payments, unsettled: Payments}} paymentAnalytics
 * @property {{startDate: string|null, endDate: string|null, dateField: string, groupBy: string}} period - As asked.
 *
 * @typedef {{year?: number, month?: number, day?: number, hour?: number, week?: number}} Bucket - In UTC; weeks 0 to 53
 *   start on Sunday.
 * @typedef {{count: number, totalAmount: number, totalPaid: number}} Payments
 */

/**
 * Sums up sales over a period: revenue, time series, best-selling products, customers, paid against unpaid.
 *
 * Dates are whole UTC days, both inclusive; without dates it covers everything. Imported sales count on the day they
 * really happened. Money is in major units, unrounded. There is no filter by customer or seller, and no shop time zone:
 * for exact shop days add up getSales rows with ./lib/group.js; `...thisMonth().days` of ./lib/dates.js gives the dates.
 *
 * Cost: one upstream call for any period, reused for 60 s.
 *
 * @param {Object} [params]
 * @param {string} [params.startDate] - First UTC day, `YYYY-MM-DD`.
 * @param {string} [params.endDate] - Last UTC day, inclusive.
 * @param {"hour"|"day"|"week"|"month"|"year"} [params.groupBy="day"] - Length of the periods in `timeSeries`.
 * @param {"createdAt"|"updatedAt"} [params.dateField="createdAt"] - Which date counts for sales that were not imported.
 * @returns {Promise<SalesAnalytics>}
 * @keywords revenue income turnover earnings takings profit report statistics stats kpi dashboard summary average order
 *   value time series per day per week per month hourly growth compare paid ratio ingresos facturacion cuanto vendimos
 *   reporte informe estadisticas resumen promedio por dia por mes ticket promedio
 * @example
 * import { getSalesAnalytics } from "./tools/reporting/getSalesAnalytics.js";
 * const { summary } = await getSalesAnalytics({ startDate: "2025-01-01", endDate: "2025-01-31", groupBy: "week" });
 * summary.totalRevenue;
 */
export async function getSalesAnalytics(params = {}) {
  const query = check("getSalesAnalytics", params, {
    startDate: "date", endDate: "date", groupBy: ["hour", "day", "week", "month", "year"],
    dateField: ["createdAt", "updatedAt"],
  });
  inOrder("getSalesAnalytics", query.startDate, query.endDate);
  return callAPI("GET /reporting/sales/analytics", query);
}
