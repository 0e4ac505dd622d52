// Customers and what they bought: `import * as customers from "./tools/customers"`.
export { createCustomer } from "./createCustomer.js";
export { deleteCustomer } from "./deleteCustomer.js";
export { findCustomers } from "./findCustomers.js";
export { getCustomerById } from "./getCustomerById.js";
export { getCustomerTransactions } from "./getCustomerTransactions.js";
export { getCustomers } from "./getCustomers.js";
export { getIdleCustomers } from "./getIdleCustomers.js";
export { importCustomers } from "./importCustomers.js";
export { updateCustomer } from "./updateCustomer.js";
