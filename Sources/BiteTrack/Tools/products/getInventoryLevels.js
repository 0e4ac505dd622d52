import { check } from "../../lib/check.js";
import { cents, fromCents } from "../../lib/money.js";
import { getProducts } from "./getProducts.js";

/**
 * Sums up the inventory: products, units in stock, their value, and how many are low or sold out.
 *
 * The value counts today's selling prices, since BiteTrack knows no costs.
 *
 * Cost: one upstream call, reused for 60 s, shared with getProducts.
 *
 * @param {Object} [params]
 * @param {number} [params.threshold=5] - Units that still count as low, 0 to 100000.
 * @returns {Promise<{products: number, units: number, value: number, soldOut: number, low: number, levels: {id: string,
 *   name: string, count: number, price: number, value: number, level: "soldOut"|"low"|"ok"}[]}>} `low` leaves out what
 *   is sold out; levels with the largest value first; money in major units.
 * @keywords stock value worth units on hand inventory total overview valuation existencias valor del inventario
 *   niveles cuanto vale stock valuation units on hand
 * @example
 * import { getInventoryLevels } from "./tools/products/getInventoryLevels.js";
 * const { units, value, soldOut } = await getInventoryLevels();
 */
export async function getInventoryLevels(params = {}) {
  const { threshold = 5 } = check("getInventoryLevels", params, { threshold: [0, 100_000] });
  const levels = (await getProducts()).map(({ id, name, count, price }) => ({
    id, name, count, price, value: fromCents(count * cents(price)),
    level: count === 0 ? "soldOut" : count <= threshold ? "low" : "ok",
  })).sort((a, b) => b.value - a.value);
  return {
    products: levels.length, units: levels.reduce((sum, { count }) => sum + count, 0),
    value: fromCents(levels.reduce((sum, { value }) => sum + cents(value), 0)),
    soldOut: levels.filter(({ level }) => level === "soldOut").length,
    low: levels.filter(({ level }) => level === "low").length, levels,
  };
}
