"use strict";
// Where a text stands in the drafts, and drafts with another text in its place.

/**
 * @typedef {object} Match
 * @property {number} page  From 0.
 * @property {number} line  Of the page's draft.
 * @property {number} from  The first of the line's characters.
 * @property {number} to  The first behind it.
 */

const WORD_SIGN = String.raw`[\p{L}\p{M}\p{N}_]`;

/** What finds a text, whatever stands in it; null if it is empty. */
function patternOf(text, { matchCase, wholeWords }) {
  if (!text) return null;
  const sought = text.normalize("NFC");
  const isSign = (sign) => new RegExp(WORD_SIGN, "u").test(sign);
  const before = wholeWords && isSign([...sought][0]) ? `(?<!${WORD_SIGN})` : "";
  const after = wholeWords && isSign([...sought].at(-1)) ? `(?!${WORD_SIGN})` : "";
  const literal = sought.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&").replace(/\s+/gu, "\\s+");
  return new RegExp(before + literal + after, matchCase ? "gu" : "giu");
}

/** Where it stands in the lines of all pages, in order. @returns {Match[]} */
function matchesOf(pattern) {
  return drafts.flatMap((draft, page) =>
    draft.flatMap((line, index) =>
      [...lineText(line).matchAll(pattern)].map((found) => ({
        page,
        line: index,
        from: found.index,
        to: found.index + found[0].length,
      })),
    ),
  );
}

/** Where each of a line's words stands in its text: from, to. */
function placesOf(texts) {
  let joined = "";
  let before = "";
  return texts.map((text) => {
    joined += blankBetween(before, text) ? " " : "";
    const from = joined.length;
    joined += text;
    before = text || before;
    return [from, joined.length];
  });
}

/** Which of a line's words holds a character of its text, or comes next behind it. */
function wordHolding(line, character) {
  const places = placesOf(textsOf(line));
  const word = places.findIndex(([, to]) => to > character);
  return word < 0 ? Math.max(0, places.length - 1) : word;
}

/** A page's draft with a text in the place of some of the matches on it. */
function replacedIn(page, draft, matches, text) {
  // From the last one on: those before it stay where they are, and an added line that loses its
  // text goes, so that those below it move.
  return matches.reduceRight((result, match) => matchReplaced(page, result, match, text), draft);
}

/** The same for one match; one that is within a part of its line stays in that. */
function matchReplaced(page, draft, { line: index, from, to }, text) {
  const line = draft[index];
  const places = placesOf(textsOf(line));
  const first = places.findIndex(([, end]) => end > from);
  const last = places.findLastIndex(([start]) => start < to);
  const part = partAt(page, line, first);
  const said = joinWords(part.texts);
  if (last >= part.before + part.texts.length) {
    const now = lineText(line);
    const typed = now.slice(0, from) + text + now.slice(to);
    return typed === now ? draft : retyped(page, draft, index, typed);
  }
  const [start] = places[part.before];
  const typed = said.slice(0, from - start) + text + said.slice(to - start);
  return typed === said ? draft : retypedPart(page, draft, index, part, typed);
}
