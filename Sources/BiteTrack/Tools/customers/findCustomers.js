import { check, invalid, single } from "../../lib/check.js";
import { bestMatches } from "../../lib/match.js";
import { getCustomers } from "./getCustomers.js";

/**
 * Finds customers by name or by phone number, with slips and missing accents forgiven in names.
 *
 * BiteTrack has no search: this reads the list of all customers and compares. Two customers may share a full name: ask
 * which one is meant when several fit. Phones compare by their digits, a country code 57 aside; a part of at least four
 * digits finds all that contain it.
 *
 * Cost: one upstream call, reused for 60 s, shared with getCustomers.
 *
 * @param {Object} params
 * @param {string} [params.name] - First or last name or both; the text alone may stand in place of the object.
 * @param {string} [params.phone] - Instead of name.
 * @param {number} [params.limit=10] - 1 to 100.
 * @param {("email"|"phoneNumber")[]} [params.include] - Contact data to show unmasked.
 * @returns {Promise<Customer[]>} As in getCustomers.js, best match first; empty when nobody is like it.
 * @keywords search lookup look up client by name by phone number called who is named telephone buscar encontrar cliente
 *   por nombre por telefono celular llamado
 * @example
 * import { findCustomers } from "./tools/customers/findCustomers.js";
 * const found = await findCustomers({ name: "ana gomez" });
 * found.map((c) => ({ id: c.id, name: `${c.firstName} ${c.lastName}`, phone: c.phoneNumber }));
 */
export async function findCustomers(params = {}) {
  const { name, phone, limit = 10, include = [] } = check("findCustomers", single(params, "name"), {
    name: "text", phone: "text", limit: [1, 100], include: { list: ["email", "phoneNumber"] },
  });
  if ((name === undefined) === (phone === undefined)) throw invalid("findCustomers: give either name or phone");
  if (phone === undefined) {
    return bestMatches(await getCustomers({ include }), name, (c) => `${c.firstName} ${c.lastName}`).slice(0, limit);
  }
  let digits = phone.replace(/\D/g, "");
  if (digits.length === 12 && digits.startsWith("57")) digits = digits.slice(2);
  if (digits.length < 4) throw invalid("findCustomers: phone must have at least four digits");
  const all = await getCustomers({ include: [...new Set([...include, "phoneNumber"])] });
  return all.filter((customer) => customer.phoneNumber.includes(digits)).slice(0, limit).map((customer) =>
    include.includes("phoneNumber") ? customer : { ...customer, phoneNumber: `***${customer.phoneNumber.slice(-4)}` });
}
