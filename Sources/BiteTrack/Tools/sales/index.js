// Sales: `import * as sales from "./tools/sales"`.
export { createSale } from "./createSale.js";
export { getSaleById } from "./getSaleById.js";
export { getSales } from "./getSales.js";
export { getUnsettledTotals } from "./getUnsettledTotals.js";
export { importSales } from "./importSales.js";
export { settleSale } from "./settleSale.js";
