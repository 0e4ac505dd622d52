// Products and stock: `import * as products from "./tools/products"`.
export { getProducts } from "./getProducts.js";
export { getProductById } from "./getProductById.js";
