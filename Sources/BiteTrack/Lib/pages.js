/**
 * Reads paged lists to their end: page by page with `for await`, or all at once.
 *
 * getSales, getCustomerTransactions and getInventoryDrops take `allPages: true` and do this by themselves. Cost: one
 * upstream call per page.
 *
 * @keywords paginas paginar iterar iterator loop next page
 */
import { invalid } from "./check.js";

/** Pages one call reads at most. */
export const MOST_PAGES = 40;

/**
 * Yields the answer of each page, as in `for await (const { sales } of pages(getSales, { limit: 100 }))`.
 *
 * @param {function} read - getSales, getCustomerTransactions or getInventoryDrops.
 * @param {Object} [params] - Its parameters; `page` says where to begin.
 * @returns {AsyncGenerator<Object>}
 */
export async function* pages(read, params = {}) {
  for (let page = params.page ?? 1; ; page += 1) {
    const answer = await read({ ...params, page });
    yield answer;
    if (!answer.pagination?.hasNextPage) return;
  }
}

/**
 * All rows of a paged list, each once, although the list may change meanwhile.
 *
 * @param {function} read - Reads the page of a number.
 * @param {string} rows - Member of a page that holds its rows.
 * @param {string} total - Member of `pagination` that counts them all.
 * @param {string} name - Function named in errors.
 * @returns {Promise<{rows: Object[], changed: boolean, first: Object}>} `changed`: rows came or went while reading, and
 *   one that went may have hidden another.
 */
export async function readAll(read, rows, total, name) {
  const first = await read(1);
  const tooMany = (count) => invalid(
    `${name}: ${first.pagination[total]} rows in ${count} pages match, more than the ${MOST_PAGES} pages that allPages reads`,
    "Narrow the dates, or use getSalesAnalytics for totals and exportSales for rows of any number.");
  const byId = new Map(first[rows].map((row) => [row.id, row]));
  let known = 1;
  let changed = false;
  let { totalPages } = first.pagination;
  while (known < totalPages) {
    if (totalPages > MOST_PAGES) throw tooMany(totalPages);
    const numbers = Array.from({ length: totalPages - known }, (_, i) => known + 1 + i);
    const answers = await Promise.all(numbers.map((number) => read(number)));
    known = totalPages;
    for (const answer of answers) {
      for (const row of answer[rows]) byId.set(row.id, row);
      if (answer.pagination[total] !== first.pagination[total]) changed = true;
      // New rows push old ones to pages that did not exist at first.
      totalPages = Math.max(totalPages, answer.pagination.totalPages);
    }
  }
  return { rows: [...byId.values()], changed, first };
}

/**
 * The `pagination` of an answer that holds all rows.
 *
 * @param {string} total - Its member that counts them.
 * @param {number} count
 * @param {boolean} changed
 * @returns {Object}
 */
export function onePage(total, count, changed) {
  return {
    currentPage: 1, totalPages: 1, [total]: count, limit: count, hasNextPage: false, hasPrevPage: false,
    ...(changed ? { changed: true } : {}),
  };
}
