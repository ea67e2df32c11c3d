"use strict";
// How a draft is laid out: its lines in the blocks that they were read in, as they are now.

/**
 * @typedef {object} Shape  What is shown of a draft as one row.
 * @property {number[]} lines  The draft's lines in it: several only in a table.
 * @property {Home} home  Where it belongs.
 * @property {boolean} isFirst  Whether it begins an item, and does not go on with one.
 * @property {boolean} begins  Whether a blank line stands before it.
 * @property {Strike} [strike]  What is struck out, if it is a line of nothing else.
 * @property {[number, number]} [beside]  Line and word of the draft that come next, then.
 *
 * @typedef {object} Laid  What is shown together.
 * @property {number} number  Of the block, among the page's; of the last one, if several are joined.
 * @property {string} kind  Of the block; "figure" has no rows.
 * @property {string} role
 * @property {ReadBlock | null} block
 * @property {Shape[]} rows
 */

/** Kinds in which a blank line sets what follows apart. */
const FLOWING = ["paragraph", "heading", "preformatted"];

/** @returns {Laid[]} */
function layoutOf(page, draft) {
  const laid = [];
  let home = NOWHERE;
  let figures = 0;
  const addFigures = (end) => {
    for (; figures < end; figures++) {
      const block = page.blocks[figures];
      if (block.kind === "figure") laid.push(container(page, { ...NOWHERE, block: figures }));
    }
  };
  const whole = page.strikes.filter(
    ({ isWhole, number }) => isWhole && lineOfStrike(draft, number) < 0,
  );
  const addStrikesBefore = (word, index) => {
    while (whole.length > 0 && whole[0].n <= word) {
      const strike = whole.shift();
      if (strike.home.block >= 0) addFigures(strike.home.block);
      if (!laid.length || !isSameBlock(laid.at(-1), strike.home))
        laid.push(container(page, strike.home));
      const beside = [Math.max(0, Math.min(index, draft.length - 1)), 0];
      const shape = { lines: [], home: strike.home, isFirst: false, begins: false, strike, beside };
      laid.at(-1).rows.push(shape);
    }
  };
  draft.forEach((line, index) => {
    addStrikesBefore(spanOf(line)[0], index);
    const first = line.groups.find((group) => group.from < group.to);
    if (first !== undefined) home = page.homes[first.from];
    else home = line.groups[0].home ?? homeOfAdded(draft, index, home);
    const isFirst = home.item !== null && first !== undefined && startOf(line, home.item) >= 0;
    const begins = !line.removed && beginsParagraph(draft, index);
    const last = laid.at(-1);
    const isApart = begins && FLOWING.includes(home.kind) && last?.rows.length > 0;
    const isSame = last !== undefined && isSameBlock(last, home);
    const isJoined = last !== undefined && joinsParagraph(page, last, home, first) && !begins;
    if (isApart || !(isSame || isJoined)) {
      if (home.block >= 0) addFigures(home.block);
      laid.push(container(page, home));
    } else if (isJoined) {
      last.number = home.block; // and so do the lines that follow it
    }
    putRow(laid.at(-1), { lines: [index], home, isFirst, begins }, line.removed, draft);
  });
  addStrikesBefore(page.words.length, draft.length);
  addFigures(page.blocks.length);
  for (const table of laid.filter(({ kind }) => kind === "table")) addEmptyRows(table);
  return laid;
}

/** An added line goes on with what stands above it; in a table it is a row, below a field text. */
function homeOfAdded(draft, index, above) {
  if (beginsParagraph(draft, index) || above.side) return NOWHERE;
  if (!above.cell) return above;
  const { row } = above.cell;
  return { ...above, cell: { ...above.cell, row: (row + Math.floor(row) + 1) / 2 } };
}

/** Rows of a table in which nothing was read, and nobody has written anything. */
function addEmptyRows({ block, rows }) {
  for (let row = 0; row < block.rows; row++) {
    const own = block.cells.filter((cell) => cell.row === row);
    const isShown = rows.some(({ home, strike }) => !strike && home.cell?.row === row);
    if (isShown || own.length === 0 || own.some(({ spans }) => spans.length > 0)) continue;
    const below = rows.findIndex(({ home }) => home.cell?.row > row);
    const shape = { lines: [], home: own[0].home, isFirst: false, begins: false };
    rows.splice(below < 0 ? rows.length : below, 0, shape);
  }
}

/** Whether what is shown as a row is no line that was removed. */
function isLeft(draft, { lines, strike }) {
  return !strike && (lines.length === 0 || !draft[lines[0]].removed);
}

function container(page, home) {
  const block = page.blocks[home.block] ?? null;
  return {
    number: home.block,
    kind: block?.kind ?? "paragraph",
    role: block?.role ?? "body",
    block,
    rows: [],
  };
}

/** Whether what belongs to a block goes into this: into the same, or one field below another. */
function isSameBlock(laid, home) {
  return laid.number === home.block || (laid.kind === "field" && home.kind === "field");
}

/** Whether a paragraph was read to begin with a line, below another one. */
function joinsParagraph(page, laid, home, group) {
  const word = group && page.words[group.from];
  const kinds = [laid.kind, home.kind];
  const isText = laid.role === "body" && kinds.every((kind) => kind === "paragraph");
  return Boolean(word && isText && word.place === 0 && page.lines[word.line].paragraph);
}

/** Cells of one row of a table may be lines of their own. */
function putRow(laid, shape, removed, draft) {
  const last = laid.rows.at(-1);
  const isSame =
    laid.kind === "table" &&
    !removed &&
    last !== undefined &&
    last.lines.length > 0 &&
    last.home.cell?.row === shape.home.cell?.row &&
    !draft[last.lines[0]].removed;
  if (isSame) last.lines.push(...shape.lines);
  else laid.rows.push(shape);
}

/** Whether two drafts are laid out alike, whatever their words. */
function sameShape(one, other) {
  return (
    one.length === other.length &&
    one.every(
      (line, n) =>
        line.removed === other[n].removed &&
        line.paragraph === other[n].paragraph &&
        spanOf(line).join() === spanOf(other[n]).join(),
    )
  );
}
