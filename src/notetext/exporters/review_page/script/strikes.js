"use strict";
// Words that the writer struck out: where they are shown, and drafts in which they stand after all.

/**
 * @typedef {object} Strike  Words of a line, side by side, that are struck out.
 * @property {number} number  Among the page's.
 * @property {object[]} words  As they were read.
 * @property {number} line  Which line of the page they stand on.
 * @property {number} at  Which word of it the first is, with those that are struck out.
 * @property {number} n  The page's word that comes next.
 * @property {boolean} isWhole  Whether nothing else stands on the line.
 * @property {boolean} isBehind  Whether another word stands before them on it.
 * @property {number} paragraph  Which of the page's.
 * @property {Home} home
 */

/** What a strike is if it stands: words of their own. */
function groupOf(strike, texts = strike.words.map(({ text }) => text)) {
  const { n, number, home, at } = strike;
  const part = `strike ${number}`;
  const order = (home.cell?.column ?? 0) + at / 1e4;
  return { from: n, to: n, texts, confirmed: false, home: { ...home, part }, strike: number, order };
}

/** The draft's line in which a strike stands, or -1. */
function lineOfStrike(draft, number) {
  return draft.findIndex(({ groups }) => groups.some(({ strike }) => strike === number));
}

/** The draft with a strike that stands; null if there is no place for it now. */
function unstruck(page, draft, strike, texts) {
  const group = groupOf(strike, texts);
  if (!strike.isWhole) return inserted(draft, group, strike.isBehind ? "behind" : "before");
  const place = placeOfLine(draft, group);
  if (place === null) return null;
  const below = draft[place];
  const isFirst = !page.lines.some(({ paragraph, end, first, number }, line) => number === strike.paragraph && line < strike.line && end > first);
  const next = below && firstLineOf(page, below);
  const isHeir = isFirst && next?.paragraphNumber === strike.paragraph;
  return draft;
}
