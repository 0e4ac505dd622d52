/**
 * Keeps big results between runs under a short name, so that later scripts slice and aggregate without fetching again.
 *
 * A value too big to show is kept by itself, and its result names it. Kept values belong to this session, expire after
 * 30 minutes and share 8 MiB; the oldest goes first. Cost: none upstream.
 *
 * @keywords guardar resultado handle reuse store cache large big rows keep open later
 */
import { callAPI } from "bitetrack:api";

/**
 * Keeps a value, at most 1 MB as JSON, and returns its name.
 *
 * @param {any} value - What JSON can carry.
 * @returns {Promise<{handle: string, bytes: number, expiresInSeconds: number}>}
 */
export async function keep(value) { return callAPI("session keep", { value: value ?? null }); }

/**
 * The value kept under a name; throws with status 404 when it is gone.
 *
 * @param {string} handle - Such as `r1`.
 * @returns {Promise<any>}
 */
export async function open(handle) { return callAPI("session open", { handle }); }

/**
 * The names of what is kept.
 *
 * @returns {Promise<{handle: string, bytes: number, expiresInSeconds: number}[]>}
 */
export async function kept() { return callAPI("session kept", {}); }

/**
 * Tells the user how far a long script is, where their client shows it.
 *
 * @param {string} message - At most 200 characters.
 * @returns {Promise<null>}
 */
export async function progress(message) { return callAPI("session progress", { message }); }
