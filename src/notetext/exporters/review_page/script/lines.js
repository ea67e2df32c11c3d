"use strict";
// The lines: a grid of rows and words, edited in place.

const grid = document.getElementById("lines");

/** Which lines are shown: of which page, in which draft. */
let shown = { page: -1, draft: [] };

function showLines() {
  const page = readPages[current];
  const draft = drafts[current];
  const layout = layoutOf(page, draft);
  if (shown.page === current && sameShape(shown.draft, draft)) {
    draft.forEach((line, index) => {
      if (line !== shown.draft[index]) showLineAnew(index, layout);
    });
  } else {
    const blocks = layout.map((laid) => blockElement(page, draft, laid));
    grid.replaceChildren(...blocks);
    grid.hidden = blocks.length === 0;
  }
  shown = { page: current, draft };
  markWideTables();
  const trouble = document.getElementById("trouble");
  trouble.textContent = page.trouble && `This page could not be read: ${page.trouble}`;
  trouble.hidden = !page.trouble;
  markWord();
}

/** Tables that are wider than the text are scrolled, so that keys have to come to them. */
function markWideTables() {
  for (const table of grid.querySelectorAll('[data-kind="table"]')) {
    if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
    else table.removeAttribute("tabindex");
  }
}

/** Shows the row again that a line is in, with the focus where it was if that was a check box. */
function showLineAnew(index, layout) {
  const before = rowAt(index);
  if (before === null) return;
  const ticked = before.contains(document.activeElement) && document.activeElement.matches(".tick");
  const { word } = document.activeElement.dataset;
  for (const { rows, block } of layout) {
    const shape = rows.find(({ lines }) => lines.includes(index));
    if (shape) before.replaceWith(row(readPages[current], drafts[current], shape, block));
  }
  if (ticked) tickAt(index, word)?.focus();
}

function rowAt(index) {
  return grid.querySelector(`.line[data-lines~="${index}"]`);
}

function tickAt(line, word) {
  return grid.querySelector(`.tick[data-line="${line}"][data-word="${word}"]`);
}

/** What is selected: a word, or words that are struck out. */
function selectedCell() {
  const { line, word, strike } = selected;
  const struck = strike === undefined ? null : grid.querySelector(`[data-strike="${strike}"]`);
  return struck ?? wordAt(line, word);
}

function wordAt(line, word) {
  return grid.querySelector(`.word[data-line="${line}"][data-word="${word}"]`);
}

/** Shows which word is selected; it is the one that Tab goes to. */
function markWord() {
  grid.querySelectorAll(".selected").forEach((one) => {
    one.classList.remove("selected");
    one.tabIndex = -1;
  });
  const word = selectedCell() ?? grid.querySelector(".word, .struck");
  if (word === null) return;
  selected = placeShown(word);
  word.classList.add("selected");
  word.tabIndex = 0;
  markTick();
  markBlanks(word.closest('[data-kind="table"]'));
}

/** Tab goes to the empty cells and check boxes of the table that the selected word is in. */
function markBlanks(table) {
  for (const one of grid.querySelectorAll(".blank, [data-sign]")) {
    one.tabIndex = table?.contains(one) ? 0 : -1;
  }
}

/** The check box of the selected word's task is the one that Tab goes to. */
function markTick() {
  for (const one of grid.querySelectorAll('.tick[tabindex="0"]')) one.tabIndex = -1;
  const draft = drafts[current];
  const found = taskAt(readPages[current], draft, selected.line, selected.word);
  if (found === null) return;
  const line = draft[found.index];
  const tick = tickAt(found.index, textsBefore(line, startOf(line, found.item)));
  if (tick) tick.tabIndex = 0;
}

/** The place that a cell of the grid shows. */
function placeShown({ dataset }) {
  const place = { line: Number(dataset.line), word: Number(dataset.word) };
  return dataset.strike === undefined ? place : { ...place, strike: Number(dataset.strike) };
}

function focusWord() {
  const word = selectedCell();
  word?.focus({ preventScroll: true });
  word?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** Turns a line, or a cell, into a field, with a word marked so that typing replaces it. */
function editLine(index, word) {
  const line = drafts[current][index];
  const part = partAt(readPages[current], line, word);
  const text = joinWords(part.texts);
  const chosen = word - part.before;
  const start = joinWords(part.texts.slice(0, chosen + 1)).length - part.texts[chosen].length;
  openField(placeOfPart(index, word), text, {
    from: start,
    to: start + part.texts[chosen].length,
    label: labelOf(index, part),
    save: (typed, caret) => {
      if (typed === text) return;
      const draft = retypedPart(readPages[current], drafts[current], index, part, typed);
      const at = Math.max(0, typed.slice(0, caret).trim().split(/\s+/u).length - 1);
      const last = Math.max(0, textsOf(draft[index] ?? line).length - 1);
      change(draft, { line: index, word: Math.min(part.before + at, last) }, "Line changed");
    },
  });
}

/** What becomes a field: a line's row, or what holds one of its parts. */
function placeOfPart(index, word) {
  return wordAt(index, word).closest(".part, .label, .value") ?? rowAt(index);
}

function labelOf(index, { home }) {
  if (home.cell) return `Row ${home.cell.row + 1}, column ${home.cell.column + 1}`;
  return `Line ${index + 1}${home.side && `, ${home.side}`}`;
}

/** Opens an empty field for a line below a line of the draft, or above it. */
function writeLine(index, below) {
  const place = element("div", { role: "row", class: "line" });
  const neighbour = rowAt(index);
  grid.hidden = false;
  if (neighbour === null) grid.append(element("div", { role: "rowgroup" }, place));
  else if (below) neighbour.after(place);
  else neighbour.before(place);
  const beside = neighbour === null ? drafts[current].length : index + (below ? 1 : 0);
  const at = placeOfNew(drafts[current], beside);
  openField(place, "", {
    from: 0,
    to: 0,
    label: "New line",
    save: (typed) => {
      if (!typed.trim()) return;
      change(lineAdded(drafts[current], at, typed, below), { line: at, word: 0 }, "Line added");
    },
  });
}

function openField(place, text, { from, to, label, save, restore }) {
  const field = element("input", {
    class: "field",
    dir: "auto",
    "aria-label": label,
    autocapitalize: "off",
    autocomplete: "off",
    spellcheck: "true",
    enterkeyhint: "done",
  });
  field.value = text;
  place.classList.add("editing");
  place.replaceChildren(element("span", { role: "gridcell", class: "cell" }, field));
  field.focus();
  field.setSelectionRange(from, to);
  let open = true;
  const close = (keepIt, focus) => {
    if (!open) return;
    open = false;
    const within = place.closest("[data-line]");
    if (restore) restore();
    else if (within === null) place.remove();
    else showLineAnew(Number(within.dataset.line), layoutOf(readPages[current], drafts[current]));
    markWord();
    if (keepIt) save(field.value, field.selectionStart);
    if (focus) focusWord();
  };
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      close(true, true);
      if (event.shiftKey) writeLine(selected.line, true);
    } else if (event.key === "Escape") {
      close(false, true);
    }
  });
  field.addEventListener("blur", () => close(true, false));
}

function openLines() {
  window.addEventListener("resize", markWideTables);
  if (settings.language) grid.lang = settings.language;
  grid.addEventListener("click", (event) => {
    const blank = event.target.closest(".blank");
    if (blank)
      fillCell(emptyCell(readPages[current], ...blank.dataset.cell.split(" ").map(Number)));
    const word = event.target.closest(".word, .struck");
    if (word === null) return;
    if (word === selectedCell() && event.detail === 2) {
      editSelected();
      return;
    }
    selectPlace(placeShown(word));
    focusWord();
  });
  grid.addEventListener("change", ({ target }) => {
    if (!target.matches(".tick")) return;
    const sign = readPages[current].signs.find(({ key }) => key === target.dataset.sign);
    if (sign) {
      toggleSign(sign);
      grid.querySelector(`[data-sign="${sign.key}"]`)?.focus();
      return;
    }
    toggleTask(Number(target.dataset.line), Number(target.dataset.word));
  });
  grid.addEventListener("focusin", (event) => {
    const word = event.target.closest(".word, .tick:not([data-sign]), .struck");
    if (word === null) return;
    const place = placeShown(word);
    const names = ["line", "word", "strike"];
    if (names.some((name) => place[name] !== selected[name])) selectPlace(place);
  });
  grid.addEventListener("pointerover", (event) => hover(event.target.closest(".word, .line")));
  grid.addEventListener("pointerleave", () => hover(null));
  document.getElementById("add-line").addEventListener("click", () => {
    writeLine(drafts[current].length - 1, true);
  });
  session.addEventListener("hover", ({ detail }) => {
    document.querySelectorAll(".hovered").forEach((one) => one.classList.remove("hovered"));
    if (detail.line === undefined) return;
    const word = Number.isNaN(detail.word) ? undefined : detail.word;
    rowAt(detail.line)?.classList.add("hovered");
    if (word !== undefined) wordAt(detail.line, word)?.classList.add("hovered");
    shapesOf(detail.line, word).forEach((one) => one.classList.add("hovered"));
  });
}
