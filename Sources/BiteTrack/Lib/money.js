/**
 * Money without rounding errors: whole cents, balances, formatted amounts.
 *
 * BiteTrack's totals are unrounded doubles (7.470000000000001): turn them into cents, add, and turn back once.
 * Cost: none.
 *
 * @keywords dinero centavos redondear saldo moneda cents rounding round currency balance amount
 */

/**
 * An amount in whole cents: 7.470000000000001 is 747.
 *
 * @param {number} amount - Major units.
 * @returns {number}
 */
export function cents(amount) { return Math.round(Number((amount * 100).toPrecision(15))); }

/**
 * Cents as major units: 747 is 7.47.
 *
 * @param {number} count
 * @returns {number}
 */
export function fromCents(count) { return count / 100; }

/**
 * An amount rounded to two decimals.
 *
 * @param {number} amount
 * @returns {number}
 */
export function round(amount) { return cents(amount) / 100; }

/**
 * Exact sum of amounts, in major units with two decimals.
 *
 * @param {any[]} rows
 * @param {string|function} [pick] - Field or function of each row; left out for an array of numbers.
 * @returns {number}
 */
export function sumMoney(rows, pick) {
  const amount = pick === undefined ? (row) => row : typeof pick === "function" ? pick : (row) => row[pick];
  return rows.reduce((total, row) => total + cents(amount(row) ?? 0), 0) / 100;
}

/**
 * What is still due of a sale, in major units; negative when more was paid than due.
 *
 * @param {{totalAmount: number, amountPaid: number}} sale
 * @returns {number}
 */
export function balance(sale) { return (cents(sale.totalAmount) - cents(sale.amountPaid)) / 100; }

/**
 * An amount as text with thousands separated: `1,234.50`.
 *
 * @param {number} amount
 * @returns {string}
 */
export function formatMoney(amount) {
  const [whole, rest] = (Math.abs(cents(amount)) / 100).toFixed(2).split(".");
  return `${cents(amount) < 0 ? "-" : ""}${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${rest}`;
}
