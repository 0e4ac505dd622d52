// Reports: `import * as reporting from "./tools/reporting"`.
export { exportSales } from "./exportSales.js";
export { getSalesAnalytics } from "./getSalesAnalytics.js";
export { getTopProducts } from "./getTopProducts.js";
