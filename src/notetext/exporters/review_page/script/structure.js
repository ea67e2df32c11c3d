"use strict";
// What a page is made of, as it was read: where each of its words belongs.

/**
 * @typedef {object} Item  An item of a list.
 * @property {boolean} isTask
 * @property {boolean | null} done  Of a task, as it was read.
 * @property {string} marker
 * @property {number[] | null} mark  Where a marker stands that is drawn, and no word.
 * @property {number} depth  How many items it is below.
 * @property {number | null} number
 * @property {number} first  The page's word that it begins with.
 * @property {boolean} opens  Whether that is the first of its line.
 * @property {number} signs  How many words its marker is.
 *
 * @typedef {object} Home  Where a word belongs.
 * @property {number} block  Which of the page's blocks; -1 if none.
 * @property {string} kind  Of the block.
 * @property {Item | null} item
 * @property {{row: number, column: number, columns: number} | null} cell  Of a table.
 * @property {"label" | "value" | ""} side  Of a field.
 * @property {string} part  What is edited by itself, a cell say; the same for whole lines.
 *
 * @typedef {object} ReadBlock
 * @property {string} kind
 * @property {string} role
 * @property {number} level  Of a heading.
 * @property {number} columns  Of a table.
 * @property {number} rows
 * @property {boolean} hasHeader
 * @property {number[] | null} place  Of a figure.
 * @property {ReadCell[]} cells  Of a table.
 *
 * @typedef {object} ReadCell
 * @property {number} block  Which of the page's blocks its table is.
 * @property {number} row
 * @property {number} column
 * @property {number} columns
 * @property {{line: number, from: number, to: number}[]} spans  Its words.
 * @property {object[]} [lines]  The parts of lines in it, also such as are struck out.
 * @property {Home} home  Of what is written into it.
 * @property {number[] | null} place  Where it stands, if it has no words.
 * @property {Sign[]} signs  The check boxes that are drawn in it.
 *
 * @typedef {object} Sign
 * @property {boolean | null} done
 * @property {number[]} mark  Where it stands.
 * @property {string} key  By which a draft's line knows that it was toggled.
 * @property {number} n  A word of its row, or of its table.
 * @property {number} before  The page's word that it stands before; -1 behind all of its cell's.
 */

/** @type {Home} */
const NOWHERE = { block: -1, kind: "paragraph", item: null, cell: null, side: "", part: "" };

/** The page's blocks, and for each of its words where it belongs. */
function readStructure(page, words, lines, strikes) {
  const homes = words.map(() => NOWHERE);
  const blocks = (page.blocks ?? []).map((block, number) => {
    const home = { ...NOWHERE, block: number, kind: block.kind };
    const strike = (parts, own) => {
      for (const { line, first, end } of parts ?? []) {
        const isIn = (one) => one.line === line && first <= one.at && one.at < end;
        for (const one of strikes.filter(isIn)) one.home = own;
      }
    };
    const put = (parts, more) => {
      strike(parts, { ...home, ...more });
      for (const { from, to } of spansOf(parts, words, lines)) {
        homes.fill({ ...home, ...more }, from, to);
      }
    };
    put(block.lines, {});
    putItems(block.items ?? [], 0, put, words, lines);
    const cells = cellsOf(block.rows ?? [], home, words, lines);
    for (const { spans, lines: parts, home: own } of cells) {
      strike(parts, own);
      for (const { from, to } of spans) homes.fill(own, from, to);
    }
    if (block.label) put([block.label], { side: "label", part: `${number} label` });
    put(block.values, { side: "value", part: `${number} value` });
    return {
      kind: block.kind,
      role: block.role ?? "body",
      level: block.level ?? 0,
      cells,
      columns: Math.max(0, ...cells.map(({ column, columns }) => column + columns)),
      rows: block.rows?.length ?? 0,
      hasHeader: block.has_header ?? false,
      place: block.place ?? null,
    };
  });
  const signs = blocks.flatMap(({ cells }) => cells.flatMap((cell) => signsOf(cell, cells)));
  signs.forEach((sign, number) => {
    // Keys are ordered as the words are, so that they stay with those when a line is split.
    sign.key = `${sign.n}.${String(number).padStart(6, "0")}`;
  });
  return { homes, blocks, signs };
}

function signsOf(cell, cells) {
  const firsts = (some) => some.flatMap(({ spans }) => spans.map(({ from }) => from));
  const row = firsts(cells.filter((other) => other.row === cell.row));
  const n = Math.min(...(row.length > 0 ? row : firsts(cells)));
  for (const sign of cell.signs) Object.assign(sign, { cell, n });
  return cell.signs;
}

/**
 * The page's words in parts of its lines: from, to. Parts count words that are struck out, too; the
 * page here has none of them, and nothing is left of a part that holds no others.
 */
function spansOf(parts, words, lines) {
  const spans = [];
  for (const { line, first, end } of parts ?? []) {
    if (!lines[line]) continue;
    const own = words.slice(lines[line].first, lines[line].end);
    const from = lines[line].first + own.filter(({ at }) => at < first).length;
    const to = lines[line].first + own.filter(({ at }) => at < end).length;
    if (from < to || first === end) spans.push({ line, from, to });
  }
  return spans;
}

function putItems(items, depth, put, words, lines) {
  for (const item of items) {
    const [span] = spansOf(item.lines, words, lines);
    if (!span) continue;
    const { from: first, line } = span;
    const drawn = item.mark ?? null;
    const home = {
      isTask: item.kind === "task",
      done: item.done ?? null,
      marker: item.marker ?? "",
      mark: drawn,
      depth,
      number: item.number ?? null,
      first,
      opens: first === lines[line].first,
      signs: drawn ? 0 : wordsOf(item.marker ?? "", words.slice(first)),
    };
    put(item.lines, { item: home });
    putItems(item.items ?? [], depth + 1, put, words, lines);
  }
}

/** How many words a marker is; none if it touches the word behind it. */
function wordsOf(marker, words) {
  let left = marker.replace(/\s/gu, "");
  let count = 0;
  while (left && words[count] && left.startsWith(words[count].text)) {
    left = left.slice(words[count].text.length);
    count++;
  }
  return left ? 0 : count;
}

/** The cells of a table, as in notetext/model/block.py. @returns {ReadCell[]} */
function cellsOf(rows, home, words, lines) {
  const taken = new Set();
  return rows.flatMap((read, row) => {
    let column = 0;
    return read.map((cell) => {
      while (taken.has(`${row} ${column}`)) column++;
      const columns = cell.column_span ?? 1;
      for (let below = 0; below < (cell.row_span ?? 1); below++) {
        for (let beside = 0; beside < columns; beside++) {
          taken.add(`${row + below} ${column + beside}`);
        }
      }
      const part = `${home.block} ${row} ${column}`;
      const spans = spansOf(cell.lines, words, lines).filter(({ from, to }) => from < to);
      return {
        block: home.block,
        row,
        column,
        columns,
        spans,
        lines: cell.lines,
        home: { ...home, cell: { row, column, columns }, part },
        place: cell.place ?? null,
        signs: (cell.boxes ?? []).map((box) => signOf(box, spans, words)),
      };
    });
  });
}

/** A check box, and the word of its cell that it stands before on its line. */
function signOf({ done = null, mark }, spans, words) {
  const middle = (box, n) => (box[n] + box[n + 4]) / 2;
  const own = spans.flatMap(({ from, to }) => words.slice(from, to).map((w, k) => [from + k, w]));
  const placed = own.filter(([, { box }]) => box);
  const off = ([, { box }]) => Math.abs(middle(box, 1) - middle(mark, 1));
  const near = placed.length ? placed.reduce((a, b) => (off(b) < off(a) ? b : a))[1].line : -1;
  const right = placed.find(([, w]) => w.line === near && middle(w.box, 0) > middle(mark, 0));
  const below = placed.find(([, w]) => w.line > near);
  return { done, mark, before: (right ?? below)?.[0] ?? -1 };
}

/** The cells that begin in a row of a table. */
function cellsOfRow(block, { cell }) {
  return block.cells.filter(({ row }) => row === cell?.row);
}

/** The check boxes that stand in a cell before the words of a group. */
function signsBefore(block, { cell }, { from, to }) {
  const own = block?.cells.find(({ row, column }) => row === cell?.row && column === cell.column);
  return own?.signs.filter(({ before }) => from <= before && before < to) ?? [];
}
