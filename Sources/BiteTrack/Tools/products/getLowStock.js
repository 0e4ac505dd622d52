import { check } from "../../lib/check.js";
import { getProducts } from "./getProducts.js";

/**
 * Lists products that are low in stock or sold out, fewest units first.
 *
 * BiteTrack has no low-stock threshold: choose one. For what to order, and how much, see ./workflows/lowStockOrder.js.
 *
 * Cost: one upstream call, reused for 60 s, shared with getProducts.
 *
 * @param {Object} [params]
 * @param {number} [params.threshold=5] - Units that still count as low, 0 to 100000.
 * @returns {Promise<Product[]>} As in getProducts.js.
 * @keywords running out run out almost gone sold out out of stock reorder replenish shortage scarce few left low
 *   agotado agotados agotarse por acabarse pocas existencias reponer faltan bajo inventario stock bajo productos
 *   agotados products running out what is sold out
 * @example
 * import { getLowStock } from "./tools/products/getLowStock.js";
 * (await getLowStock({ threshold: 3 })).map((p) => `${p.name}: ${p.count}`);
 */
export async function getLowStock(params = {}) {
  const { threshold = 5 } = check("getLowStock", params, { threshold: [0, 100_000] });
  return (await getProducts()).filter((product) => product.count <= threshold).sort((a, b) => a.count - b.count);
}
