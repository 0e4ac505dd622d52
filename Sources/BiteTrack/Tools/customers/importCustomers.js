import { callAPI } from "bitetrack:api";

/**
 * Imports customers from a CSV file.
 *
 * Never open to scripts: this throws with status 403 before anything is sent. A person does it in BiteTrack itself.
 *
 * Cost: none, nothing is sent.
 *
 * @returns {Promise<Object>}
 * @keywords upload csv import clients importar clientes archivo subir
 * @example
 * import { importCustomers } from "./tools/customers/importCustomers.js";
 * await importCustomers();
 */
export async function importCustomers() {
  return callAPI("POST /customers/import");
}
