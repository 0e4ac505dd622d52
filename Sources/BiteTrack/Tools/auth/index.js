// Logging in: `import * as auth from "./tools/auth"`.
export { login } from "./login.js";
