import { callAPI } from "bitetrack:api";
import { check } from "../../lib/check.js";

/**
 * Logs in to BiteTrack for the rest of this session.
 *
 * The sidecar keeps the access token sealed and adds it to later calls by itself: the token is never visible here, and
 * later runs of the same session need no login until `expiresAt` (24 hours). A new login replaces the previous one and
 * forgets its cached answers. Passwords are never logged or shown; a wrong one throws with status 401.
 *
 * Cost: one upstream call, never cached. Do not log in again while logged in.
 *
 * @param {Object} params
 * @param {string} params.email - Account's email address.
 * @param {string} params.password - Account's password.
 * @returns {Promise<{role: "user"|"admin"|"superadmin", name: string, expiresAt: string}>} Who is logged in;
 *   `expiresAt` is an ISO 8601 instant in UTC. `user` may read all but inventory drops and sellers, which need `admin`.
 * @keywords sign in signin authenticate credentials logon iniciar sesion entrar contraseña acceso sign in with email
 *   and password
 * @example
 * import * as auth from "./tools/auth";
 * const { name, role } = await auth.login({ email: "admin@demo.test", password: "…" });
 */
export async function login(params = {}) {
  return callAPI("POST /auth/login", check("login", params, { email: "email!", password: "secret!" }));
}
