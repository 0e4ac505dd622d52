// Products and stock: `import * as products from "./tools/products"`.
export { createProduct } from "./createProduct.js";
export { deleteProduct } from "./deleteProduct.js";
export { getInventoryLevels } from "./getInventoryLevels.js";
export { getLowStock } from "./getLowStock.js";
export { getProductById } from "./getProductById.js";
export { getProducts } from "./getProducts.js";
export { searchProducts } from "./searchProducts.js";
export { updateProduct } from "./updateProduct.js";
