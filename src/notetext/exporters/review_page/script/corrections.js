"use strict";
// Corrections: what tells a draft from the page as it was read, and back. They are the same as
// notetext.corrections.Correction, and mean the same as in notetext/corrections/applying.py.

const NOTHING = 0;
const LINE = 1;
const PARAGRAPH = 2;

const BREAKS = {
  line_split: LINE,
  lines_joined: NOTHING,
  paragraph_split: PARAGRAPH,
  paragraphs_joined: LINE,
};

/** All corrections of a page's draft. */
function correctionsOf(page, draft) {
  return draft.flatMap((line, index) => {
    const [from, to] = spanOf(line);
    if (isOfCells(line)) return line.groups.flatMap((group) => writing(page, group));
    if (from === to) {
      const kind = line.paragraph ? "paragraph_added" : "line_added";
      return [correction(page, kind, breakAt(page, from), [], textsOf(line))];
    }
    const own = line.removed
      ? removals(page, from, to)
      : [...wordChanges(page, line), ...ticksOf(page, line)];
    return [...breaks(page, draft, line, index), ...own];
  });
}

/** Where the line begins and goes on, if it did not do so when it was read. */
function breaks(page, draft, line, index) {
  const [from, to] = spanOf(line);
  const found = [];
  const start = page.words[from];
  const began = beganParagraph(page, draft, start.line);
  const was = start.place > 0 ? NOTHING : began ? PARAGRAPH : LINE;
  const is = line.paragraph ? PARAGRAPH : LINE;
  if (was !== is && !(index === 0 && from === 0)) {
    const kind = is === PARAGRAPH ? "paragraph_split" : was ? "paragraphs_joined" : "line_split";
    found.push(correction(page, kind, breakAt(page, from)));
  }
  for (let n = from + 1; n < to; n++) {
    if (page.words[n].place > 0) continue;
    if (!line.removed) {
      found.push(correction(page, "lines_joined", breakAt(page, n)));
    } else if (beganParagraph(page, draft, page.words[n].line)) {
      found.push(correction(page, "paragraphs_joined", breakAt(page, n)));
    }
  }
  return found;
}

/** A line that was removed: whole lines as they were read, or parts of them. */
function removals(page, from, to) {
  const found = [];
  for (let start = from, end; start < to; start = end) {
    const line = page.lines[page.words[start].line];
    end = Math.min(to, line.end);
    const whole = start === line.first && end === line.end;
    const old = page.words.slice(start, end).map((word) => word.text);
    found.push(correction(page, whole ? "line_removed" : "words", placeOf(page, start), old));
  }
  return found;
}

function wordChanges(page, line) {
  const [, end] = spanOf(line);
  return withClosedEnd(page, line).flatMap((group) => {
    if (group.home) return writing(page, group);
    const old = page.words.slice(group.from, group.to).map((word) => word.text);
    if (!isAsRead(page, group)) {
      const place = group.from < end ? placeOf(page, group.from) : endOf(page, group.from - 1);
      return [correction(page, "words", place, old, group.texts)];
    }
    return group.confirmed
      ? [correction(page, "confirmed", placeOf(page, group.from), old, old)]
      : [];
  });
}

/** New words at the end of a line that was split go with the word before them. */
function withClosedEnd(page, line) {
  const [from, end] = spanOf(line);
  if (from === end || page.lines[page.words[end - 1].line].end === end) return line.groups;
  return withoutNewEnd(line.groups);
}

/** Words in a cell that had none, or words that were struck out and stand. */
function writing(page, group) {
  return group.strike === undefined ? [filling(page, group)] : unstriking(page, group);
}

/** A cell that was filled; its place is that of its table's first word. */
function filling(page, { home, texts }) {
  const first = page.homes.findIndex(({ block }) => block === home.block);
  const { row, column } = home.cell;
  const { place: box } = emptyCell(page, home.block, row, column);
  return {
    ...correction(page, "cell_filled", { ...placeOf(page, first), box }, [], texts),
    row,
    column,
  };
}

/** The tasks of a line that were toggled, and whose box is drawn. */
function ticksOf(page, line) {
  return Object.entries(line.ticks ?? {}).map(([first, done]) => {
    const sign = page.signs.find(({ key }) => key === first);
    const kind = done ? "task_done" : "task_open";
    if (sign) {
      const { row, column } = sign.cell;
      const place = { ...placeOf(page, sign.n), box: sign.mark };
      return { ...correction(page, kind, place), row, column };
    }
    const place = { ...placeOf(page, Number(first)), box: page.homes[first].item.mark };
    return correction(page, kind, place);
  });
}

function correction(page, kind, place, old = [], now = []) {
  const { line, word, box } = place;
  return { kind, page: page.number, line, word, old, new: now, box };
}

function placeOf(page, n) {
  if (n < page.words.length) {
    const { line, at, box } = page.words[n];
    return { line, word: at, box };
  }
  // What is struck out at the end of the page may stand, and is the last then.
  const isLast = n > 0 && !page.strikes.some((strike) => strike.n === n);
  return { line: page.lines.length, word: 0, box: isLast ? edgeOf(page.words[n - 1].box) : null };
}

/** The same of what begins there: a line begins with all its words, those struck out too. */
function breakAt(page, n) {
  const place = placeOf(page, n);
  if (page.words[n]?.place !== 0) return place;
  return { ...place, word: 0, box: page.words[n].at === 0 ? place.box : null };
}

function endOf(page, n) {
  const { line, at, box } = page.words[n];
  return { line, word: at + 1, box: edgeOf(box) };
}

/** The end of a box, where the text ends. */
function edgeOf(box) {
  if (box === null) return null;
  const [, , x2, y2, x3, y3] = box;
  return [x2, y2, x2, y2, x3, y3, x3, y3];
}

/** The draft that corrections make of a page. */
function draftOf(page, corrections) {
  const { breaks, runs, inserted, added, removed, ticks, cells, stand } = sorted(page, corrections);
  /** @type {Draft} */
  const draft = [];
  let line = null;
  let runEnd = 0;
  const begin = (paragraph, gone = false) => {
    line = { groups: [], paragraph, removed: gone };
    draft.push(line);
  };
  const put = (from, to, texts, confirmed = false) => {
    line.groups.push({ from, to, texts, confirmed });
  };
  const addLines = (key, n) => {
    for (const one of added.get(key) ?? []) {
      begin(one.kind === "paragraph_added");
      put(n, n, one.new);
      line = null;
    }
  };
  page.lines.forEach((read, number) => {
    for (let n = read.first; n <= read.end; n++) {
      if (n < runEnd) continue;
      const key = `${number} ${n - read.first}`;
      addLines(key, n);
      const atEnd = n === read.end;
      const gone = removed.has(number);
      if (atEnd && (gone || !inserted.has(key))) continue;
      const usual = n > read.first ? NOTHING : read.paragraph ? PARAGRAPH : LINE;
      const here = breaks.get(key) ?? usual;
      if (gone) {
        if (n === read.first) begin(here === PARAGRAPH, true);
        put(n, n + 1, [page.words[n].text]);
        continue;
      }
      if (here !== NOTHING || line === null || line.removed) begin(here === PARAGRAPH);
      if (inserted.has(key)) put(n, n, inserted.get(key));
      if (atEnd) continue;
      const run = runs.get(key);
      runEnd = run ? n + run.old.length : n + 1;
      put(n, runEnd, run ? run.new : [page.words[n].text], run?.kind === "confirmed");
    }
  });
  addLines(`${page.lines.length} 0`, page.words.length);
  for (const one of ticks.filter(({ row }) => (row ?? null) === null)) {
    const n = page.lines[one.line].first + placeIn(page, one);
    if (!page.homes[n]?.item?.mark) continue; // what a browser kept may be of another page
    const mine = draft.find(({ groups }) => groups.some(({ from, to }) => from <= n && n < to));
    mine.ticks = { ...mine.ticks, [n]: one.kind === "task_done" };
  }
  let whole = draft.map((one) => {
    if (one.removed || textsOf(one).length > 0) return one;
    return { ...one, groups: asRead(page, ...spanOf(one)), removed: true };
  });
  for (const [number, texts] of [...stand].sort(([one], [other]) => one - other)) {
    whole = unstruck(page, whole, page.strikes[number], texts) ?? whole;
  }
  whole = whole.map((line) => {
    const [n, end] = spanOf(line);
    const isSplit =
      n < end && breaks.get(`${page.words[n].line} ${page.words[n].place}`) === PARAGRAPH;
    return isSplit && !line.paragraph ? { ...line, paragraph: true } : line;
  });
  for (const one of ticks.filter(({ row }) => (row ?? null) !== null)) {
    const isMine = ({ cell, mark }) =>
      cell.row === one.row && cell.column === one.column && mark.join() === one.box?.join();
    const sign = page.signs.find(isMine);
    if (sign) whole = signTicked(whole, sign, one.kind === "task_done");
  }
  return cells.reduce((filled, one) => {
    const home = page.homes[(page.lines[one.line]?.first ?? -1) + placeIn(page, one)];
    const cell = emptyCell(page, home?.block, one.row, one.column);
    return (cell && cellFilled(page, filled, cell, joinWords(one.new))) ?? filled;
  }, whole);
}

/** Which word of its line a correction is at, without those before it that are struck out. */
function placeIn(page, { line, word = 0 }) {
  const { first, end } = page.lines[line] ?? { first: 0, end: 0 };
  return page.words.slice(first, end).filter(({ at }) => at < word).length;
}

/** The strike that a correction is about. */
function strikeAt(page, { line, word = 0 }) {
  return page.strikes.find((strike) => strike.line === line && strike.at === word);
}

/** The corrections of a page, each kind by the place where it takes effect. */
function sorted(page, corrections) {
  const places = {
    breaks: new Map(),
    runs: new Map(),
    inserted: new Map(),
    added: new Map(),
    removed: new Set(),
    ticks: [],
    cells: [],
    stand: new Map(),
  };
  for (const one of corrections.filter(({ kind }) => kind === "unstruck")) {
    const strike = strikeAt(page, one);
    if (strike) places.stand.set(strike.number, one.old);
  }
  for (const one of corrections) {
    const strike = one.kind === "words" && one.old.length > 0 ? strikeAt(page, one) : undefined;
    if (strike && places.stand.has(strike.number)) {
      places.stand.set(strike.number, one.new);
      continue;
    }
    if (one.kind === "unstruck") continue;
    const key = `${one.line} ${placeIn(page, one)}`;
    if (one.kind in BREAKS) places.breaks.set(key, BREAKS[one.kind]);
    else if (one.kind === "cell_filled") places.cells.push(one);
    else if (one.kind.startsWith("task_")) places.ticks.push(one);
    else if (one.kind === "line_removed") places.removed.add(one.line);
    else if (one.kind.endsWith("_added")) {
      places.added.set(key, [...(places.added.get(key) ?? []), one]);
    } else if (one.old.length > 0) places.runs.set(key, one);
    else places.inserted.set(key, [...(places.inserted.get(key) ?? []), ...one.new]);
  }
  return places;
}
