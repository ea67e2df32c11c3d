"use strict";
// Cells of tables without words, and drafts with words in them; as in
// notetext/result/corrections/filling.py.

/** The cell of a block in a row and a column that has no words as it was read; undefined if none. */
function emptyCell(page, block, row, column) {
  return page.blocks[block]?.cells.find(
    (cell) => cell.row === row && cell.column === column && cell.spans.length === 0,
  );
}

/** Where a cell's words come: before which of the page's words, and in which line. */
function placeOfCell(page, cell) {
  const { cells } = page.blocks[cell.block];
  const filled = cells.filter(({ spans }) => spans.length > 0);
  const row = filled.filter((other) => other.row === cell.row);
  const left = row.findLast((other) => other.column < cell.column);
  if (left) return { n: left.spans[0].to, side: "behind" };
  const right = row.find((other) => other.column > cell.column);
  if (right) return { n: right.spans[0].from, side: "before" };
  const linesOf = (some) => some.flatMap(({ spans }) => spans.map(({ line }) => line));
  const above = linesOf(filled.filter((other) => other.row < cell.row));
  if (above.length > 0) return { n: page.lines[Math.max(...above)].end, side: "line" };
  return { n: page.lines[Math.min(...linesOf(filled))].first, side: "line" };
}

/** The draft with words in a cell that has none; null if its row has no place for them any more. */
function cellFilled(page, draft, cell, typed) {
  if (isWritten(draft, cell.home)) return null;
  const { n, side } = placeOfCell(page, cell);
  const texts = typed.trim().split(/\s+/u);
  const order = cell.column;
  const group = { from: n, to: n, texts, confirmed: false, home: cell.home, order };
  return side === "line" ? rowFilled(draft, group) : inserted(draft, group, side);
}

/** Whether words were written into a cell, or stand in it that were struck out. */
function isWritten(draft, { block, cell }) {
  const isHere = ({ home }) =>
    home?.block === block && home.cell?.row === cell.row && home.cell.column === cell.column;
  return draft.some(({ groups }) => groups.some(isHere));
}

/** The draft with words behind the word before them, or before the next; null if they are apart. */
function inserted(draft, group, side) {
  const n = group.from;
  const word = side === "behind" ? n - 1 : n;
  const holds = ({ from, to }) => from <= word && word < to;
  const index = draft.findIndex((line) => !line.removed && line.groups.some(holds));
  if (index < 0) return null;
  const { groups } = draft[index];
  const at = groups.findIndex(holds);
  if (groups[at].from < n && n < groups[at].to) return null;
  const isLast = !groups.slice(at + 1).some(({ from, to }) => from < to);
  const line = {
    ...draft[index],
    groups: isLast && side === "behind" ? withoutNewEnd(groups) : groups,
  };
  return draft.with(index, withGroup(line, group, side === "behind" ? at + 1 : at));
}

/** A line with a cell's words among those of other such cells; new words stay with what follows. */
function withGroup(line, group, at) {
  const { groups } = line;
  const isNew = (other) => other && !other.home && other.from === other.to;
  let place = at;
  if (group.to < (groups[place]?.to ?? 0)) while (isNew(groups[place - 1])) place--;
  while (groups[place - 1]?.order > group.order) place--;
  while (groups[place]?.order < group.order) place++;
  return { ...line, groups: groups.toSpliced(place, 0, group) };
}

/** The same where nothing stands in the cell's row: the words are a line of their own. */
function rowFilled(draft, group) {
  const { block, cell } = group.home;
  const n = group.from;
  let place = 0;
  for (const [index, line] of draft.entries()) {
    const [from, to] = spanOf(line);
    if (from < n && n < to) return null;
    const isRow = isOfCells(line) && from === n && line.groups[0].strike === undefined;
    const above = isRow ? line.groups[0].home : null;
    if (above?.block === block && above.cell.row === cell.row) {
      return draft.with(index, withGroup(line, group, line.groups.length));
    }
    if (from < n || (above && above.cell.row < cell.row)) place = index + 1;
  }
  return draft.toSpliced(place, 0, { groups: [group], paragraph: false, removed: false });
}

/** Whether a line holds but words of cells that had none, or such as were struck out. */
function isOfCells(line) {
  return line.groups.every(({ home }) => home);
}

/** Opens a field in an empty cell. */
function fillCell(cell) {
  const { block, row, column } = cell;
  const find = () => grid.querySelector(`.blank[data-cell="${block} ${row} ${column}"]`);
  const place = find()?.parentElement;
  if (!place) return;
  openField(place, "", {
    from: 0,
    to: 0,
    label: `Row ${row + 1}, column ${column + 1}`,
    restore: () => place.replaceWith(blankCell(cell)),
    save: (typed) => {
      if (!typed.trim()) return;
      const draft = cellFilled(readPages[current], drafts[current], cell, typed);
      if (draft === null) {
        announce("said", { said: "There is no place for it now: undo what was done there" });
        return;
      }
      const isMine = ({ home }) => home === cell.home;
      const line = draft.findIndex(({ groups }) => groups.some(isMine));
      const word = textsBefore(draft[line], draft[line].groups.findIndex(isMine));
      change(draft, { line, word }, "Cell filled");
    },
  });
}
