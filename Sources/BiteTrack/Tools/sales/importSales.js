import { callAPI } from "bitetrack:api";

/**
 * Imports sales from a CSV file.
 *
 * Never open to scripts: this throws with status 403 before anything is sent. A person does it in BiteTrack itself.
 *
 * Cost: none, nothing is sent.
 *
 * @returns {Promise<Object>}
 * @keywords upload csv import sales importar ventas archivo subir
 * @example
 * import { importSales } from "./tools/sales/importSales.js";
 * await importSales();
 */
export async function importSales() {
  return callAPI("POST /sales/import");
}
