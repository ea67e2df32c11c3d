"use strict";
// A page's draft: its lines as they are now. Drafts are never changed, only replaced.

/**
 * @typedef {object} DraftLine
 * @property {Group[]} groups  Together, the lines' groups are all words of the page, in order.
 * @property {boolean} paragraph  Whether a paragraph begins with the line.
 * @property {boolean} removed
 *
 * @typedef {DraftLine[]} Draft
 */

/** @returns {Group[]} */
function asRead(page, from, to) {
  return page.words
    .slice(from, to)
    .map((word, n) => ({ from: from + n, to: from + n + 1, texts: [word.text], confirmed: false }));
}

function textsOf(line) {
  return line.removed ? [] : line.groups.flatMap((group) => group.texts);
}

function lineText(line) {
  return joinWords(textsOf(line));
}

/** A line's text with the indentation and the gaps that were read, as in notetext/model/page.py. */
function spacedText(page, line) {
  const [from, to] = spanOf(line);
  // An added line stands for none of the page's words.
  const first = from < to ? page.words[from] : null;
  const indentation = (first?.place === 0 && first.blanks) || 0;
  let spaced = "";
  let before = "";
  for (const group of line.removed ? [] : line.groups) {
    group.texts.forEach((text, n) => {
      const usual = blankBetween(before, text) ? 1 : 0;
      const read = n === 0 && group.from < group.to ? page.words[group.from] : null;
      const between = read?.place ? (read.blanks ?? usual) : usual;
      spaced += " ".repeat(spaced ? between : indentation) + text;
      before = text || before;
    });
  }
  return spaced;
}

/** The run of the page's words that a line stands for: from, to. */
function spanOf(line) {
  return [line.groups[0].from, line.groups.at(-1).to];
}

function isAsRead(page, group) {
  return (
    group.to - group.from === group.texts.length &&
    group.texts.every((text, n) => text === page.words[group.from + n].text)
  );
}

/** The group of a line's word, and which of the group's words it is. */
function groupAt(line, word) {
  let left = word;
  for (const group of line.groups) {
    if (left < group.texts.length) return { group, place: left };
    left -= group.texts.length;
  }
  return null;
}

/** What the line says, typed anew. A line without text is removed. */
function retyped(page, draft, index, typed) {
  const line = draft[index];
  const [from, to] = spanOf(line);
  const read = page.words.slice(from, to).map((word) => word.text);
  if (!typed.trim()) return lineRemoved(page, draft, index);
  const confirmed = new Set(line.groups.filter((g) => g.confirmed).map((g) => g.from));
  const groups = alignWords(read, typed, from).map((group) => ({
    ...group,
    confirmed: isAsRead(page, group) && group.to === group.from + 1 && confirmed.has(group.from),
  }));
  return draft.with(index, { ...line, groups, removed: false });
}

function wordReplaced(page, draft, index, word, text) {
  return retyped(page, draft, index, joinWords(textsOf(draft[index]).with(word, text)));
}

function wordConfirmed(draft, index, word) {
  const line = draft[index];
  const found = groupAt(line, word);
  const groups = line.groups.map((g) => (g === found?.group ? { ...g, confirmed: true } : g));
  return draft.with(index, { ...line, groups });
}

/** A line that was read stays, marked as removed; one that was added goes. */
function lineRemoved(page, draft, index) {
  const line = draft[index];
  const [from, to] = spanOf(line);
  if (from === to) {
    const rest = draft.toSpliced(index, 1);
    // What began with it begins with the next line.
    if (line.paragraph && rest[index]) rest[index] = { ...rest[index], paragraph: true };
    return rest;
  }
  return draft.with(index, { ...line, groups: asRead(page, from, to), removed: true });
}

function lineRestored(draft, index) {
  return draft.with(index, { ...draft[index], removed: false });
}

/** A line of new words at a place in the draft. It goes with the line above or with that below. */
function lineAdded(draft, index, text, withAbove) {
  const at = index > 0 ? spanOf(draft[index - 1])[1] : 0;
  const below = draft[index];
  const first = !withAbove || index === 0;
  const line = {
    groups: [{ from: at, to: at, texts: text.trim().split(/\s+/u), confirmed: false }],
    paragraph: first && (below?.paragraph ?? true),
    removed: false,
  };
  const added = draft.toSpliced(index, 0, line);
  // What began with the line below begins with this one.
  if (first && below) added[index + 1] = { ...below, paragraph: false };
  return added;
}

/** The line ends before a word, which begins the next one. */
function lineSplit(draft, index, word) {
  if (word === 0) return draft;
  const line = draft[index];
  const { group, place } = groupAt(line, word);
  const cut = line.groups.indexOf(group);
  const above = line.groups.slice(0, cut);
  const below = line.groups.slice(cut);
  if (place > 0) {
    // What was read stays above, and the rest of its words are new ones below.
    above.push({ ...group, texts: group.texts.slice(0, place) });
    below[0] = { from: group.to, to: group.to, texts: group.texts.slice(place), confirmed: false };
  }
  return draft.toSpliced(
    index,
    1,
    { ...line, groups: above },
    { groups: below, paragraph: false, removed: false },
  );
}

/** The line goes on with the one above it. */
function linesJoined(draft, index) {
  const above = draft.slice(0, index).findLastIndex((line) => !line.removed);
  if (above < 0 || above < index - 1) return draft;
  const groups = [...draft[above].groups, ...draft[index].groups];
  return draft.toSpliced(above, 2, { ...draft[above], groups });
}

/** Whether a blank line stands before a line: something above it that is left, and a paragraph. */
function beginsParagraph(draft, index) {
  for (let n = index; n >= 0; n--) {
    if (n < index && !draft[n].removed) return false;
    if (draft[n].paragraph) return true;
  }
  return true;
}

function paragraphToggled(draft, index) {
  const begins = beginsParagraph(draft, index);
  const result = draft.slice();
  let n = index;
  do {
    result[n] = { ...result[n], paragraph: n === index ? !begins : false };
    n--;
  } while (begins && n >= 0 && draft[n].removed);
  return result;
}

/** The page's text: lines end in a newline, a blank line stands between paragraphs. */
function draftText(page, draft) {
  let text = "";
  draft.forEach((line, index) => {
    if (line.removed) return;
    text += (text && beginsParagraph(draft, index) ? "\n" : "") + spacedText(page, line) + "\n";
  });
  return text;
}
