/**
 * Finds rows whose text is most like given words, with slips and missing accents forgiven.
 *
 * Cost: none.
 *
 * @keywords fuzzy search similar parecido buscar text match names
 */

/**
 * The rows that fit all words, else those that fit most, best first.
 *
 * @param {Object[]} rows
 * @param {string} words
 * @param {function} text - Of a row.
 * @returns {Object[]}
 */
export function bestMatches(rows, words, text) {
  const wanted = fold(words).split(" ").filter(Boolean);
  const scored = rows.map((row, place) => {
    const folded = fold(text(row));
    const found = folded.split(" ");
    const qualities = wanted.map((word) => quality(word, found));
    const fit = qualities.filter((value) => value > 0).length;
    const isWhole = folded === wanted.join(" ") || folded.startsWith(`${wanted.join(" ")} `);
    return { row, place, fit, score: qualities.reduce((a, b) => a + b, 0) + (isWhole ? 1 : 0) };
  }).filter(({ fit }) => fit > 0);
  const most = Math.max(0, ...scored.map(({ fit }) => fit));
  return scored.filter(({ fit }) => fit === most).sort((a, b) => b.score - a.score || a.place - b.place).map(({ row }) => row);
}

/**
 * Lower case, without accents and punctuation.
 *
 * @param {any} text
 * @returns {string}
 */
export function fold(text) {
  return String(text).toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

function quality(word, found) {
  let best = 0;
  for (const candidate of found) {
    if (candidate === word) return 1;
    if (word.length >= 2 && candidate.startsWith(word)) best = Math.max(best, 0.8);
    else if (word.length >= 3 && candidate.includes(word)) best = Math.max(best, 0.6);
    else if (word.length >= 4 && isNear(word, candidate)) best = Math.max(best, 0.5);
  }
  return best;
}

/** Whether one letter more, less, other or swapped makes one word the other. */
function isNear(first, second) {
  const [short, long] = first.length <= second.length ? [first, second] : [second, first];
  if (long.length - short.length > 1) return false;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start += 1;
  if (short.length < long.length) return short.slice(start) === long.slice(start + 1);
  return short.slice(start + 1) === long.slice(start + 1)
    || (short[start] === long[start + 1] && short[start + 1] === long[start] && short.slice(start + 2) === long.slice(start + 2));
}
