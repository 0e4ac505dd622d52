// The BiteTrack server itself: `import * as status from "./tools/status"`.
export { getApiDescription } from "./getApiDescription.js";
export { getApiInfo } from "./getApiInfo.js";
export { getDatabaseHealth } from "./getDatabaseHealth.js";
export { getHealth } from "./getHealth.js";
