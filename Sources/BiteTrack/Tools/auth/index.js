// Logging in and who is logged in: `import * as auth from "./tools/auth"`.
export { activateAccount } from "./activateAccount.js";
export { getSellerStatus } from "./getSellerStatus.js";
export { login } from "./login.js";
export { recoverSeller } from "./recoverSeller.js";
export { refreshToken } from "./refreshToken.js";
export { requestPasswordRecovery } from "./requestPasswordRecovery.js";
export { resetPassword } from "./resetPassword.js";
export { whoAmI } from "./whoAmI.js";
