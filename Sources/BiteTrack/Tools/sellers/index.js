// The shop's staff: `import * as sellers from "./tools/sellers"`.
export { changeSellerRole } from "./changeSellerRole.js";
export { deleteSeller } from "./deleteSeller.js";
export { getPendingSellers } from "./getPendingSellers.js";
export { getSellerById } from "./getSellerById.js";
export { getSellers } from "./getSellers.js";
export { inviteSeller } from "./inviteSeller.js";
export { updateSeller } from "./updateSeller.js";
