"use strict";
// Words that the writer struck out: where they are shown, and drafts in which they stand after all.

/**
 * @typedef {object} Strike  Words side by side on a line that are struck out.
 * @property {number} number  Among the page's.
 * @property {object[]} words  As they were read.
 * @property {number} line  Which line of the page they stand on.
 * @property {number} at  Which of its words the first is, with those that are struck out.
 * @property {number} n  Which of the page's words comes next.
 * @property {boolean} isWhole  Whether no other word stands on the line.
 * @property {boolean} isBehind  Whether one stands before them on it.
 * @property {Home} home
 */

/** The strikes of a line, added to those of the page; the number of the next word is known. */
function addStrikes(strikes, words, line, first, next) {
  let n = first;
  const isWhole = first === next;
  words.forEach((word, at) => {
    if (!word.struck) {
      n++;
      return;
    }
    const last = strikes.at(-1);
    if (last?.line === line && last.at + last.words.length === at) {
      last.words.push(word);
      return;
    }
    const number = strikes.length;
    strikes.push({
      number,
      words: [word],
      line,
      at,
      n,
      isWhole,
      isBehind: n > first,
      home: NOWHERE,
    });
  });
}

function textOfStrike({ words }) {
  return joinWords(words.map(({ text }) => text));
}

/** The line of a draft in which a strike stands, or -1. */
function lineOfStrike(draft, number) {
  return draft.findIndex(({ groups }) => groups.some(({ strike }) => strike === number));
}

/** The strikes that are shown as such, before or behind the words of a group. */
function strikesBeside(page, line, { from, to }, isBehind) {
  if (from === to) return [];
  return page.strikes.filter((strike) => {
    const isHere = isBehind ? from < strike.n && strike.n <= to : from <= strike.n && strike.n < to;
    const stands = line.groups.some((group) => group.strike === strike.number);
    return !strike.isWhole && strike.isBehind === isBehind && isHere && !stands;
  });
}

/** The draft with a strike that stands; null if there is no place for it now. */
function unstruck(page, draft, strike, texts = strike.words.map(({ text }) => text)) {
  const { number, n, line, at } = strike;
  // Of a cell that is empty without it, and was filled, it is no part any more.
  const { block, cell } = strike.home;
  const isEmpty = cell && emptyCell(page, block, cell.row, cell.column);
  if (isEmpty && isWritten(draft, strike.home)) return null;
  const order = (strike.home.cell?.column ?? 0) + at / 1e4;
  const home = { ...strike.home, part: `strike ${number}` };
  const group = { from: n, to: n, texts, confirmed: false, home, strike: number, order };
  if (!strike.isWhole) return inserted(draft, group, strike.isBehind ? "behind" : "before");
  let place = 0;
  for (const [index, { groups }] of draft.entries()) {
    const [from, to] = spanOf({ groups });
    if (from < n && n < to) return null;
    const [first] = groups;
    const isBefore = from === n && first.home && !(first.strike > number);
    if (from < n || isBefore) place = index + 1;
  }
  const paragraph = page.lines[line].paragraphNumber;
  const isFirst = n === 0 || page.lines[page.words[n - 1].line].paragraphNumber !== paragraph;
  // What began with the line below it, which may be a new one, begins with it.
  const isHeir = (each) => each.paragraph || paragraphOf(page, each) >= 0;
  const heir = draft.findIndex((each, index) => index >= place && isHeir(each));
  const isSame = heir >= 0 && [-1, paragraph].includes(paragraphOf(page, draft[heir]));
  const begins = isFirst && (isSame ? draft[heir].paragraph : true);
  const below = isFirst && isSame ? draft.with(heir, { ...draft[heir], paragraph: false }) : draft;
  return below.toSpliced(place, 0, { groups: [group], paragraph: begins, removed: false });
}

/** The paragraph that a line began in as it was read; -1 of a new line. */
function paragraphOf(page, { groups }) {
  const read = groups.find(({ from, to, strike }) => from < to || strike !== undefined);
  if (read === undefined) return -1;
  const { line } = read.from < read.to ? page.words[read.from] : page.strikes[read.strike];
  return page.lines[line].paragraphNumber;
}

/** Whether a paragraph began with a line, with the strikes that stand in the draft. */
function beganParagraph(page, draft, number) {
  const { paragraph, paragraphNumber } = page.lines[number];
  const stands = ({ strike }) =>
    strike !== undefined &&
    page.strikes[strike].isWhole &&
    page.strikes[strike].line < number &&
    page.lines[page.strikes[strike].line].paragraphNumber === paragraphNumber;
  return paragraph && !draft.some(({ groups }) => groups.some(stands));
}

/** The corrections that let a strike stand, and that correct it. */
function unstriking(page, { strike: number, texts }) {
  const { words, line, at } = page.strikes[number];
  const old = words.map(({ text }) => text);
  const place = { line, word: at, box: words[0].box ?? null };
  const found = [correction(page, "unstruck", place, old)];
  if (old.join("\n") !== texts.join("\n")) found.push(correction(page, "words", place, old, texts));
  return found;
}

/** Lets the selected strike stand, or strikes out again what was let stand. */
function toggleStrike(texts) {
  const page = readPages[current];
  const draft = drafts[current];
  const strike = page.strikes[selected.strike];
  if (strike) {
    const stands = unstruck(page, draft, strike, texts);
    if (stands === null) {
      announce("said", { said: "There is no place for it now: undo what was done there" });
      return false;
    }
    const line = lineOfStrike(stands, strike.number);
    const place = stands[line].groups.findIndex((group) => group.strike === strike.number);
    change(stands, { line, word: textsBefore(stands[line], place) }, "Not struck out");
    return true;
  }
  const { group } = groupAt(draft[selected.line], selected.word) ?? {};
  if (group?.strike === undefined) {
    announce("said", { said: "This word is not struck out" });
    return false;
  }
  const part = partAt(page, draft[selected.line], selected.word);
  change(retypedPart(page, draft, selected.line, part, ""), selected, "Struck out");
  return true;
}

/** The place in the text of words that are struck out. */
function strikeShown(strike, line, word) {
  return element(
    "span",
    {
      role: "gridcell",
      class: "struck",
      tabindex: "-1",
      "data-line": line,
      "data-word": word,
      "data-strike": strike.number,
      "aria-description": "struck out; K lets it stand",
    },
    element("s", {}, textOfStrike(strike)),
  );
}
