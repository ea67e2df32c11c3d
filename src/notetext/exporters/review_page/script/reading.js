"use strict";
// The reading: what the engine read, as it lies in this file. It never changes.

/**
 * @typedef {object} Word  A word as it was read.
 * @property {string} text
 * @property {number[] | null} box  Four corners, clockwise from the text's top left, in pixels.
 * @property {number | null} confidence
 * @property {string[]} alternatives
 * @property {number | null} blanks  How many stand before it, where a fixed pitch shows them.
 * @property {number} line  Which line of the page it stands on, from 0.
 * @property {number} place  Which word of the line it is, from 0.
 * @property {number} at  The same with the words that are struck out, as corrections count.
 *
 * @typedef {object} ReadLine
 * @property {number} first  The page's first word on the line.
 * @property {number} end  The first word behind it.
 * @property {boolean} paragraph  Whether a paragraph begins with the line.
 * @property {number} paragraphNumber  Which of the page's it is in.
 * @property {number[] | null} box
 *
 * @typedef {object} ReadPage
 * @property {number} number  From 1.
 * @property {number} width
 * @property {number} height
 * @property {string} trouble  Why it could not be read; empty if it was.
 * @property {Word[]} words
 * @property {ReadLine[]} lines
 * @property {Home[]} homes  Where each of the words belongs.
 * @property {ReadBlock[]} blocks
 * @property {Strike[]} strikes
 */

/** The review as JSON: the result as it was read, the corrections that it came with. */
const review = JSON.parse(document.getElementById("review").textContent);
const settings = JSON.parse(document.getElementById("settings").textContent);

/** @type {ReadPage[]} */
const readPages = (review.result.pages ?? []).map(readPage);

function readPage(page) {
  const words = [];
  const lines = [];
  const strikes = [];
  for (const [paragraphNumber, paragraph] of (page.paragraphs ?? []).entries()) {
    let begins = true;
    for (const line of paragraph.lines ?? []) {
      const first = words.length;
      for (const [at, word] of (line.words ?? []).entries()) {
        if (word.struck) continue; // no part of the text: see strikes
        words.push({
          text: word.text,
          box: word.box ?? null,
          confidence: word.confidence ?? null,
          alternatives: word.alternatives ?? [],
          blanks: word.blanks ?? null,
          line: lines.length,
          place: words.length - first,
          at,
        });
      }
      addStrikes(strikes, line.words ?? [], lines.length, first, words.length);
      const box = line.box ?? null;
      lines.push({ first, end: words.length, paragraph: begins, paragraphNumber, box });
      begins &&= words.length === first; // a line without words is not shown
    }
  }
  return {
    number: page.number,
    width: page.width,
    height: page.height,
    trouble: page.error?.message ?? "",
    words,
    lines,
    strikes,
    ...readStructure(page, words, lines, strikes),
  };
}

function isDoubtful(word) {
  return word.confidence !== null && word.confidence < doubtfulBelow;
}

// Scripts that set no blanks between words, as in notetext/spacing.py.
const UNSPACED =
  /^[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff60\u{20000}-\u{3ffff}]$/u;

function blankBetween(before, after) {
  if (!before || !after) return false;
  return !(UNSPACED.test([...before].at(-1)) && UNSPACED.test([...after][0]));
}

function joinWords(texts) {
  let joined = "";
  let before = "";
  for (const text of texts) {
    joined += (blankBetween(before, text) ? " " : "") + text;
    before = text || before;
  }
  return joined;
}
