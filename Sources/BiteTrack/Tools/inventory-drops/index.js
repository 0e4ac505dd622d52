// Waste: `import * as drops from "./tools/inventory-drops"`.
export { createInventoryDrop } from "./createInventoryDrop.js";
export { getDropAnalytics } from "./getDropAnalytics.js";
export { getInventoryDropById } from "./getInventoryDropById.js";
export { getInventoryDrops } from "./getInventoryDrops.js";
export { getUndoableDrops } from "./getUndoableDrops.js";
export { settleInventoryDrop } from "./settleInventoryDrop.js";
export { undoInventoryDrop } from "./undoInventoryDrop.js";
