import { APIError } from "bitetrack:api";
import { check, single } from "../../lib/check.js";
import { getSellers } from "./getSellers.js";

/**
 * Reads one seller by id. Needs the role admin or superadmin.
 *
 * BiteTrack has no such endpoint: this reads the list of all sellers and picks. Throws with status 404 when there is no
 * such seller.
 *
 * Cost: one upstream call for any number of sellers within 60 s, shared with getSellers.
 *
 * @param {Object} params
 * @param {string} params.id - 24 hex digits; the id alone may stand in place of the object.
 * @param {("email"|"dateOfBirth")[]} [params.include] - Personal data to show unmasked.
 * @returns {Promise<Seller>} As in getSellers.js.
 * @keywords single employee one seller id un vendedor
 * @example
 * import { getSellerById } from "./tools/sellers/getSellerById.js";
 * const { firstName, role } = await getSellerById({ id: "64b000000000000000000001" });
 */
export async function getSellerById(params = {}) {
  const { id, ...rest } = check("getSellerById", single(params), { id: "id!", include: { list: ["email", "dateOfBirth"] } });
  // Made before waiting, while the caller's line is still on the stack.
  const missing = new APIError(`Seller ${id} not found`, {
    status: 404, code: "notFound", hint: "The account may have been deleted. getSellers() lists all sellers.",
  });
  const seller = (await getSellers(rest)).find((candidate) => candidate.id === id);
  if (!seller) throw missing;
  return seller;
}
