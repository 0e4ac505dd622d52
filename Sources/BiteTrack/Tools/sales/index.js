// Sales: `import * as sales from "./tools/sales"`.
export { getSales } from "./getSales.js";
export { getSaleById } from "./getSaleById.js";
