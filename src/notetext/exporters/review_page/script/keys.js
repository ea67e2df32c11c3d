"use strict";
// The keyboard. Keys without Ctrl work only while the text has the focus.

const KEYS = [
  [["n"], "N", "next doubtful word", () => goToDoubt(1)],
  [["p"], "P", "doubtful word before", () => goToDoubt(-1)],
  [["a", " "], "A or Space", "the word is right; go on", () => confirmWord()],
  [
    ["1", "2", "3", "4", "5", "6", "7", "8", "9"],
    "1 – 9",
    "take another reading; go on",
    (key) => choose(Number(key) - 1),
  ],
  [
    ["e", "Enter", "F2"],
    "E or Enter",
    "edit the line; Enter ends, Escape gives up",
    () => editSelected(),
  ],
  [["k"], "K", "struck words stand, or are struck out again", () => toggleStrike()],
  [["Delete", "Backspace"], "Delete", "remove the word", () => removeWord()],
  [["ArrowRight"], "←  →", "word before, next word", () => moveWords(1)],
  [["ArrowLeft"], "", "", () => moveWords(-1)],
  [["ArrowDown"], "↑  ↓", "line above, line below", () => moveLines(1)],
  [["ArrowUp"], "", "", () => moveLines(-1)],
  [["Home"], "Home, End", "first, last word of the line", () => select(selected.line, 0)],
  [
    ["End"],
    "",
    "",
    () => select(selected.line, textsOf(drafts[current][selected.line]).length - 1),
  ],
  [["o"], "O", "new line below; with Shift above", () => writeLine(selected.line, true)],
  [["O"], "", "", () => writeLine(selected.line, false)],
  [["s"], "S", "split the line before the word", () => splitLine()],
  [["j"], "J", "join the line with the one above", () => joinLines()],
  [["b"], "B", "paragraph break before the line, or none", () => toggleParagraph()],
  [["x"], "X", "task done, or not", () => toggleTask(selected.line, selected.word)],
  [["d"], "D", "remove the line", () => removeLine()],
  [["f", "/"], "F or Ctrl+F", "find and replace, on all pages", () => openFindPanel()],
  [["t"], "T", "what is doubtful", () => moveThreshold()],
  [["u"], "U or Ctrl+Z", "undo", () => undo()],
  [["r"], "R or Ctrl+Y", "do again", () => redo()],
  [["PageDown"], "Page up, Page down", "page before, next page", () => goToPage(current + 1)],
  [["PageUp"], "", "", () => goToPage(current - 1)],
  [["+", "="], "+  −  0", "larger, smaller, fit", () => setZoom(zoom * STEP)],
  [["-"], "", "", () => setZoom(zoom / STEP)],
  [["0"], "", "", () => setZoom(1)],
  [["?"], "?", "these keys", () => document.getElementById("keys").showModal()],
];

/** Keys that do something to a word that stands, or to its line. */
const OF_WORDS = ["Delete", "Backspace", "o", "O", "s", "j", "b", "x", "d"];

/** The words of all lines that are left, in order, with those that are struck out. */
function wordCells() {
  return [...grid.querySelectorAll(".word, .struck")];
}

function moveWords(step) {
  const cells = wordCells();
  const next = cells[cells.indexOf(selectedCell()) + step];
  if (next) selectPlace(placeShown(next));
}

/** To the word of another line that stands nearest, or of another row of a table. */
function moveLines(step) {
  const rows = [...grid.querySelectorAll(".line:has(.word, .struck)")];
  const target = rows[rows.indexOf(selectedCell().closest(".line")) + step];
  if (target === undefined) return;
  const here = selectedCell().getBoundingClientRect();
  const middle = (cell) => {
    const box = cell.getBoundingClientRect();
    return Math.abs(box.left + box.width / 2 - here.left - here.width / 2);
  };
  const cells = [...target.querySelectorAll(".word, .struck")];
  selectPlace(
    placeShown(cells.reduce((best, cell) => (middle(cell) < middle(best) ? cell : best))),
  );
}

function openKeys() {
  const actions = new Map(KEYS.flatMap(([keys, , , act]) => keys.map((key) => [key, act])));
  const act = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const action = actions.get(event.key);
    if (action === undefined) return;
    event.preventDefault();
    if (selected.strike !== undefined && OF_WORDS.includes(event.key)) {
      announce("said", { said: "Struck out: K lets it stand" });
      return;
    }
    action(event.key);
    if (!document.activeElement.closest(".field, dialog, #finding, .popup")) focusWord();
  };
  grid.addEventListener("keydown", (event) => {
    const isTick = event.target.matches(".tick");
    if ((isTick && event.key !== " ") || event.target.closest(".word, .struck")) act(event);
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if ((key === "f" || (key === "h" && event.ctrlKey)) && event.target !== sought) {
      event.preventDefault(); // pressed there again, it is the browser's own search
      openFindPanel();
      return;
    }
    if (event.target.closest("input")) return;
    if (key === "z" && !event.shiftKey) undo();
    else if (key === "y" || key === "z") redo();
    else return;
    event.preventDefault();
    focusWord();
  });
  const list = document.getElementById("key-list");
  for (const [, shown, does] of KEYS) {
    if (shown) list.append(element("dt", {}, shown), element("dd", {}, does));
  }
  const help = document.getElementById("keys");
  document.getElementById("help").addEventListener("click", () => help.showModal());
  help.addEventListener("close", () => focusWord());
}
