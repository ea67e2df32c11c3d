"use strict";
// A page's draft: its lines as they are now. Drafts are never changed, only replaced.

/**
 * @typedef {object} DraftLine
 * @property {Group[]} groups  Together, the lines' groups are all words of the page, in order.
 * @property {boolean} paragraph  Whether a paragraph begins with the line.
 * @property {boolean} removed
 * @property {{[first: number]: boolean}} [ticks]  Whether tasks with drawn boxes are done that a
 *   person toggled, by the page's words that they begin with.
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

/** How many words stand in a line before one of its groups. */
function textsBefore(line, place) {
  return line.groups.slice(0, place).flatMap((group) => group.texts).length;
}

/** Where a group of a line belongs; new words belong to what stands behind them. @returns {Home} */
function homeIn(page, line, group) {
  if (group.home) return group.home;
  if (group.from < group.to) return page.homes[group.from];
  const place = line.groups.indexOf(group);
  const isRead = (other) => other.from < other.to;
  const next =
    line.groups.slice(place).find(isRead) ?? line.groups.slice(0, place).findLast(isRead);
  return next === undefined ? NOWHERE : page.homes[next.from];
}

/** The parts of a line that are edited by themselves: its cells, or all of it. */
function partsOf(page, line) {
  const parts = [];
  line.groups.forEach((group, n) => {
    const home = homeIn(page, line, group);
    if (parts.at(-1)?.home.part !== home.part) parts.push({ first: n, end: n, home });
    parts.at(-1).end = n + 1;
  });
  return parts;
}

/** The part of a line that a word is in, and how many of the line's words stand before it. */
function partAt(page, line, word) {
  const place = line.groups.indexOf(groupAt(line, word).group);
  const part = partsOf(page, line).find(({ first, end }) => first <= place && place < end);
  const texts = line.groups.slice(part.first, part.end).flatMap((group) => group.texts);
  return { ...part, texts, before: textsBefore(line, part.first) };
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
  if (!typed.trim()) return lineRemoved(page, draft, index);
  return retypedPart(page, draft, index, { first: 0, end: draft[index].groups.length }, typed);
}

/** What a part of a line says, typed anew; what is in the others stays in them. */
function retypedPart(page, draft, index, { first, end }, typed) {
  const line = draft[index];
  const part = line.groups.slice(first, end);
  const put = (now) => {
    const groups = line.groups.toSpliced(first, end - first, ...now);
    if (groups.every((group) => group.texts.length === 0)) return lineRemoved(page, draft, index);
    return draft.with(index, { ...line, groups, removed: false });
  };
  if (part.length === 1 && part[0].home) {
    const texts = typed.trim().split(/\s+/u).filter(Boolean);
    return put(texts.length > 0 ? [{ ...part[0], texts }] : []);
  }
  const [from, to] = [part[0].from, part.at(-1).to];
  const read = page.words.slice(from, to).map((word) => word.text);
  const confirmed = new Set(part.filter((g) => g.confirmed).map((g) => g.from));
  const now = alignWords(read, typed, from).map((group) => ({
    ...group,
    confirmed: isAsRead(page, group) && group.to === group.from + 1 && confirmed.has(group.from),
  }));
  return put(end < line.groups.length ? withoutNewEnd(now) : now);
}

/** Groups, new words at whose end go with the word before them. */
function withoutNewEnd(groups) {
  const last = groups.findLastIndex((group) => group.from < group.to);
  const ofCells = groups.slice(last + 1).filter((group) => group.home);
  if (last < 0 || last + ofCells.length === groups.length - 1) return groups;
  const added = groups.slice(last).filter((group) => !group.home);
  const texts = added.flatMap((group) => group.texts);
  return [...groups.slice(0, last), { ...groups[last], texts, confirmed: false }, ...ofCells];
}

/** Words of a line, from the first on, with others in their place. */
function wordsReplaced(page, draft, index, word, count, ...texts) {
  const part = partAt(page, draft[index], word);
  const typed = joinWords(part.texts.toSpliced(word - part.before, count, ...texts));
  return retypedPart(page, draft, index, part, typed);
}

function wordReplaced(page, draft, index, word, text) {
  return wordsReplaced(page, draft, index, word, 1, text);
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
function lineAdded(draft, place, text, withAbove) {
  const index = placeOfNew(draft, place);
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

/** Where a new line comes: rows that were written into cells stay below those above them. */
function placeOfNew(draft, index) {
  const rest = draft.slice(index).findIndex((line) => !isOfCells(line));
  return rest < 0 ? draft.length : index + rest;
}

/** The line ends before a word, which begins the next one. */
function lineSplit(draft, index, word) {
  if (word === 0) return draft;
  const line = draft[index];
  const { group, place } = groupAt(line, word);
  const cut = line.groups.indexOf(group);
  // What is written into a cell stays with its row.
  if (group.home || (cut > 0 && isOfCells({ groups: line.groups.slice(0, cut) }))) return draft;
  const above = line.groups.slice(0, cut);
  const below = line.groups.slice(cut);
  if (place > 0) {
    // What was read stays above, and the rest of its words are new ones below.
    above.push({ ...group, texts: group.texts.slice(0, place) });
    below[0] = { from: group.to, to: group.to, texts: group.texts.slice(place), confirmed: false };
  }
  const ticks = Object.entries(line.ticks ?? {});
  const mine = (isMine) => Object.fromEntries(ticks.filter(([first]) => isMine(Number(first))));
  return draft.toSpliced(
    index,
    1,
    { ...line, groups: above, ticks: mine((first) => first < below[0].from) },
    {
      groups: below,
      paragraph: false,
      removed: false,
      ticks: mine((first) => first >= below[0].from),
    },
  );
}

/** The line goes on with the one above it. */
function linesJoined(draft, index) {
  const above = draft.slice(0, index).findLastIndex((line) => !line.removed);
  if (above < 0 || above < index - 1) return draft;
  if (isOfCells(draft[above]) || isOfCells(draft[index])) return draft;
  const last = draft[above].groups.at(-1);
  // New words would come before those of a cell that its row begins with.
  if (draft[index].groups[0].home && last.from === last.to) return draft;
  const groups = [...draft[above].groups, ...draft[index].groups];
  const ticks = { ...draft[above].ticks, ...draft[index].ticks };
  return draft.toSpliced(above, 2, { ...draft[above], groups, ticks });
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
  if (isOfCells(draft[index])) return draft;
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
