"use strict";
// The rows of the grid: lines, with their words as cells, and what stands before them.

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** What has become of a group's words: removed, doubtful, corrected, confirmed or plain. */
function stateOf(page, line, group) {
  if (line.removed) return "removed";
  if (!isAsRead(page, group)) return "corrected";
  if (group.confirmed) return "confirmed";
  return isOpen(page, group) ? "doubtful" : "plain";
}

const NAMES = {
  heading: "Heading",
  list: "List",
  table: "Table",
  field: "Form",
  preformatted: "Code",
  figure: "Drawing",
};
const ROLES = { running_head: "Running head", page_number: "Page number" };

/** What is shown together: a row for each line, or for each row of a table. */
function blockElement(page, draft, laid) {
  const made = element("div", {
    role: "rowgroup",
    class: "paragraph",
    "data-kind": laid.kind,
  });
  if (laid.rows[0]?.begins === false) made.classList.add("close");
  const name = ROLES[laid.role] ?? NAMES[laid.kind];
  if (name) made.setAttribute("aria-label", name);
  if (ROLES[laid.role]) {
    made.classList.add("aside");
    made.dataset.role = ROLES[laid.role].toLowerCase();
  }
  if (laid.kind === "heading") made.dataset.level = Math.min(3, laid.block.level);
  if (laid.kind === "table") made.style.setProperty("--columns", laid.block.columns);
  if (laid.kind === "figure") {
    const cell = element("span", { role: "gridcell", class: "drawing" }, "Drawing");
    made.append(element("div", { role: "row" }, cell));
  }
  made.append(...laid.rows.map((shape) => row(page, draft, shape, laid.block)));
  return made;
}

/** @param {Shape} shape */
function row(page, draft, shape, block) {
  const { lines, home } = shape;
  const made = element("div", {
    role: "row",
    class: "line",
    ...(lines.length > 0 && { "data-line": lines[0], "data-lines": lines.join(" ") }),
    dir: "auto",
  });
  const [index] = lines;
  if (shape.begins) made.classList.add("apart");
  if (home.item) {
    made.classList.add("item");
    made.style.setProperty("--depth", home.item.depth);
    if (shape.isFirst) made.classList.add(home.item.mark ? "drawn" : "written");
  }
  if (shape.strike) {
    made.classList.add("struck-line", "written");
    made.append(strikeShown(shape.strike, ...shape.beside));
  } else if (draft[index]?.removed) {
    made.classList.add("removed");
    made.append(removedLine(draft[index], index));
  } else if (home.cell) {
    made.classList.add("cells");
    if (block?.hasHeader && home.cell.row === 0) made.classList.add("names");
    made.append(...tableCells(page, draft, shape, block));
  } else {
    const line = draft[index];
    const parts = partsOf(page, line);
    for (const part of parts) {
      const nodes = words(page, draft, index, part);
      const name = part.home.side || (parts.length > 1 && "part");
      if (name) made.append(element("span", { class: name }, ...nodes), " ");
      else made.append(...nodes);
    }
  }
  return made;
}

/** The cells of a table's row, with the words of all its lines. */
function tableCells(page, draft, { lines, home }, block) {
  const count = block?.columns ?? 1;
  const cells = new Map();
  let filled = [];
  for (const index of lines) {
    for (const part of partsOf(page, draft[index])) {
      // A line that was added is shown in one cell.
      const { column = 0, columns = count } = part.home.cell ?? {};
      if (!cells.has(column)) {
        const cell = element("div", { class: "cell-of-table" });
        cell.style.gridColumn = `${column + 1} / span ${columns}`;
        cells.set(column, cell);
        filled = [...filled, ...Array.from({ length: columns }, (_, n) => column + n)];
      }
      const cell = cells.get(column);
      const within = element("span", { class: "part", "data-part": `${index} ${part.first}` });
      within.append(...words(page, draft, index, part, block));
      cell.append(cell.firstChild ? " " : "", within);
    }
  }
  for (const read of block ? cellsOfRow(block, home) : []) {
    const cell = cells.get(read.column);
    const behind = read.signs.filter(({ before }) => before < 0);
    if (cell) cell.append(" ", ...signsShown(behind));
    else if (read.spans.length === 0) cells.set(read.column, blankCell(read));
    if (!cell)
      filled = [...filled, ...Array.from({ length: read.columns }, (_, n) => read.column + n)];
  }
  for (let column = 0; column < count; column++) {
    if (!filled.includes(column)) cells.set(column, element("div", { class: "cell-of-table" }));
  }
  return [...cells].sort(([one], [other]) => one - other).map(([, cell]) => cell);
}

/** A cell without words, with the check boxes that are drawn in it, and a place to write. */
function blankCell({ block, row, column, columns, signs }) {
  const cell = element("div", { class: "cell-of-table" }, ...signsShown(signs));
  cell.style.gridColumn = `${column + 1} / span ${columns}`;
  const write = element("button", {
    type: "button",
    class: "blank",
    tabindex: "-1",
    title: "Empty: write here",
    "aria-label": `Empty cell, row ${row + 1}, column ${column + 1}: write`,
    "data-cell": `${block} ${row} ${column}`,
  });
  cell.append(element("span", { role: "gridcell" }, write));
  return cell;
}

/** Check boxes that are drawn in a cell. */
function signsShown(signs) {
  return signs.flatMap((sign) => {
    const { row, column } = sign.cell;
    const state = signState(drafts[current], sign);
    const where = `row ${row + 1}, column ${column + 1}`;
    const box = element("input", {
      type: "checkbox",
      class: "tick",
      tabindex: "-1",
      "aria-label": `Check box, ${where}`,
      "data-sign": sign.key,
      title: "Ticked or not (X)",
    });
    box.checked = state === true;
    box.indeterminate = state === null;
    if (state !== sign.done) {
      box.classList.add("corrected");
      box.setAttribute("aria-description", "changed");
    }
    return [element("span", { role: "gridcell" }, box), " "];
  });
}

/** The nodes of a part of a line: its words with what stands between them. */
function words(page, draft, index, { first, end, home }, block = null) {
  const line = draft[index];
  const nodes = [];
  let place = textsBefore(line, first);
  let before = "";
  for (const group of line.groups.slice(first, end)) {
    const { item } = homeIn(page, line, group);
    if (item && line.groups[startOf(line, item)] === group) {
      nodes.push(...marker(page, line, index, item, place));
    }
    nodes.push(...strikesShown(page, line, index, group, place, false));
    if (home.cell) {
      const signs = signsShown(signsBefore(block, home, group));
      nodes.push(signs.length > 0 && nodes.length > 0 ? " " : "", ...signs);
    }
    if (group.texts.length === 0) nodes.push(hole(page, group));
    group.texts.forEach((text, n) => {
      const blanks = home.kind === "preformatted" && n === 0 ? blanksBefore(page, group) : null;
      const usual = blankBetween(before, text) ? 1 : 0;
      nodes.push(" ".repeat(blanks ?? usual));
      const made = cell(page, group, text, index, place);
      if (item && !item.mark && group.from < item.first + item.signs) made.classList.add("sign");
      nodes.push(made);
      before = text;
      place++;
    });
    nodes.push(...strikesShown(page, line, index, group, place - 1, true));
  }
  return nodes.filter((node) => node !== "");
}

/** What is struck out before or behind a group, with blanks between. */
function strikesShown(page, line, index, group, word, isBehind) {
  return strikesBeside(page, line, group, isBehind).flatMap((strike) => {
    const shown = strikeShown(strike, index, Math.max(0, word));
    return isBehind ? [" ", shown] : [shown, " "];
  });
}

/** How many blanks were read before a group's first word; null if nobody knows. */
function blanksBefore(page, group) {
  return group.from < group.to ? page.words[group.from].blanks : null;
}

/** A check box, or a marker that is drawn and no word. */
function marker(page, line, index, item, place) {
  const state = taskState(line, item);
  if (state !== undefined) return [checkBox(page, line, index, item, place)];
  if (!item.mark) return [];
  return [element("span", { class: "slot", "data-marker": item.marker, "aria-hidden": "true" })];
}

function checkBox(page, line, index, item, place) {
  const state = taskState(line, item);
  const start = startOf(line, item);
  const end = nextStart(page, line, start);
  const texts = line.groups.slice(start, end).flatMap((group) => group.texts);
  const text = joinWords(texts).replace(CHECK_BOX, "").trim();
  const box = element("input", {
    type: "checkbox",
    class: "tick",
    tabindex: "-1",
    "aria-label": `Task: ${text}`,
    "data-line": index,
    "data-word": place,
    title: "Done or not (X)",
  });
  box.checked = state === true;
  box.indeterminate = state === null;
  if (line.ticks?.[item.first] !== undefined) {
    box.classList.add("corrected");
    const read = item.done === null ? "unclear" : item.done ? "done" : "open";
    box.setAttribute("aria-description", `changed, read as ${read}`);
  }
  return element("span", { role: "gridcell", class: "slot" }, box);
}

function cell(page, group, text, line, word) {
  const state = stateOf(page, drafts[current][line], group);
  const made = element("span", {
    role: "gridcell",
    class: `word ${state}`,
    tabindex: "-1",
    "data-line": line,
    "data-word": word,
  });
  made.append(...markedText(text, line, word));
  const said = [whereInTable(page, line, group), describe(page, group, state)].filter(Boolean);
  if (said.length) made.setAttribute("aria-description", said.join("; "));
  return made;
}

/** Of the first word of a table's cell, which one that is. */
function whereInTable(page, index, group) {
  const line = drafts[current][index];
  const { cell: place, part } = homeIn(page, line, group);
  const before = line.groups[line.groups.indexOf(group) - 1];
  if (!place || (before && homeIn(page, line, before).part === part)) return "";
  return `row ${place.row + 1}, column ${place.column + 1}`;
}

function describe(page, group, state) {
  if (state === "plain") return "";
  if (state === "confirmed") return "confirmed";
  const read = page.words.slice(group.from, group.to);
  if (group.strike !== undefined) {
    return `read as struck out: ${textOfStrike(page.strikes[group.strike])}`;
  }
  if (state === "corrected") {
    return read.length ? `corrected, read as ${joinWords(read.map((w) => w.text))}` : "added";
  }
  const others = choicesOf(page, group, read).map((text, n) => `; ${n + 1}: ${text}`);
  return `doubtful, ${Math.round(100 * read[0].confidence)} percent${others.join("")}`;
}

/** Where words were removed from a line. */
function hole(page, group) {
  const words = page.words.slice(group.from, group.to).map((word) => word.text);
  return element("span", {
    class: "hole",
    title: `Removed: ${joinWords(words)}`,
    "aria-hidden": "true",
  });
}

function removedLine(line, index) {
  const text = joinWords(line.groups.flatMap((group) => group.texts));
  const button = element("button", { type: "button" }, "Restore");
  button.addEventListener("click", () => {
    change(lineRestored(drafts[current], index), { line: index, word: 0 }, "Line restored");
    focusWord();
  });
  return element("span", { role: "gridcell" }, element("s", {}, text), " ", button);
}
