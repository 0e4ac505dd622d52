// Customers and what they bought: `import * as customers from "./tools/customers"`.
export { getCustomers } from "./getCustomers.js";
export { getCustomerById } from "./getCustomerById.js";
export { getCustomerTransactions } from "./getCustomerTransactions.js";
