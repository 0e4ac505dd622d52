// Reports: `import * as reporting from "./tools/reporting"`.
export { getSalesAnalytics } from "./getSalesAnalytics.js";
