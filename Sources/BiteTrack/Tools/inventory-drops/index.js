// Waste: `import * as drops from "./tools/inventory-drops"`.
export { getInventoryDrops } from "./getInventoryDrops.js";
