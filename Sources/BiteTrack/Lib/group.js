/**
 * Groups, sums, ranks and joins rows: groupBy, sumBy, countBy, top, percentile, joinById.
 *
 * A `pick` is a field's name, a path such as `"customerId.id"`, or a function of the row. Add money in cents (see
 * ./lib/money.js) or round sums once at the end. Cost: none.
 *
 * @keywords agrupar sumar contar promedio mediana percentil aggregate group sum count average median percentile rank
 *   ranking join merge
 */
/** @typedef {string|function} Pick - A field, a path, or a function of the row. */
import { invalid } from "./check.js";

/**
 * Rows by key, in the order keys appear.
 *
 * @param {Object[]} rows
 * @param {Pick} key
 * @returns {Map<any, Object[]>}
 */
export function groupBy(rows, key) {
  const groups = new Map();
  for (const row of list(rows, "groupBy")) {
    const name = value(row, key);
    if (groups.has(name)) groups.get(name).push(row);
    else groups.set(name, [row]);
  }
  return groups;
}

/**
 * Sum of a value per key, largest first.
 *
 * @param {Object[]} rows
 * @param {Pick} key
 * @param {Pick} amount
 * @returns {{key: any, sum: number, count: number}[]}
 */
export function sumBy(rows, key, amount) {
  const groups = [...groupBy(rows, key)];
  return groups.map(([name, members]) => ({ key: name, sum: sum(members, amount), count: members.length }))
    .sort((a, b) => b.sum - a.sum);
}

/**
 * Number of rows per key, largest first.
 *
 * @param {Object[]} rows
 * @param {Pick} key
 * @returns {{key: any, count: number}[]}
 */
export function countBy(rows, key) {
  return [...groupBy(rows, key)].map(([name, members]) => ({ key: name, count: members.length }))
    .sort((a, b) => b.count - a.count);
}

/**
 * @param {any[]} rows
 * @param {Pick} [amount] - Of each row; left out for an array of numbers.
 * @returns {number}
 */
export function sum(rows, amount) {
  return list(rows, "sum").reduce((total, row) => total + Number(value(row, amount) ?? 0), 0);
}

/**
 * @param {any[]} rows
 * @param {Pick} [amount]
 * @returns {number|null} null of no rows.
 */
export function average(rows, amount) { return rows.length === 0 ? null : sum(rows, amount) / rows.length; }

/**
 * The `count` rows with the largest value.
 *
 * @param {Object[]} rows
 * @param {number} count
 * @param {Pick} [by]
 * @returns {Object[]}
 */
export function top(rows, count, by) {
  return [...list(rows, "top")].sort((a, b) => value(b, by) - value(a, by)).slice(0, count);
}

/**
 * The value below which `percent` of the values lie, interpolated; 50 is the median.
 *
 * @param {any[]} rows
 * @param {number} percent - 0 to 100.
 * @param {Pick} [by]
 * @returns {number|null} null of no rows.
 */
export function percentile(rows, percent, by) {
  if (!(percent >= 0 && percent <= 100)) throw invalid(`percentile: give a number from 0 to 100, not ${percent}`);
  const sorted = list(rows, "percentile").map((row) => Number(value(row, by))).sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const place = (sorted.length - 1) * percent / 100;
  const low = Math.floor(place);
  return sorted[low] + (sorted[Math.min(low + 1, sorted.length - 1)] - sorted[low]) * (place - low);
}

/**
 * @param {any[]} rows
 * @param {Pick} [by]
 * @returns {number|null} null of no rows.
 */
export function median(rows, by) { return percentile(rows, 50, by); }

/**
 * Copies of `rows` with the row of `others` that has the id in `field` put in as `as`; null where there is none.
 *
 * @param {Object[]} rows
 * @param {Pick} field - Holds an id, or an object with one.
 * @param {Object[]} others - Each with an `id`.
 * @param {string} as
 * @returns {Object[]}
 */
export function joinById(rows, field, others, as) {
  const byId = new Map(list(others, "joinById").map((other) => [other.id, other]));
  return list(rows, "joinById").map((row) => {
    const id = value(row, field);
    return { ...row, [as]: byId.get(id?.id ?? id) ?? null };
  });
}

function value(row, pick) {
  if (pick === undefined) return row;
  if (typeof pick === "function") return pick(row);
  return String(pick).split(".").reduce((inner, key) => inner?.[key], row);
}

function list(rows, name) {
  if (Array.isArray(rows)) return rows;
  const inner = rows && typeof rows === "object" ? Object.keys(rows).find((key) => Array.isArray(rows[key])) : undefined;
  throw invalid(`${name}: give an array of rows${inner ? `: this is an object with the rows in .${inner}` : ""}`);
}
