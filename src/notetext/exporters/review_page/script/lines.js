"use strict";
// The lines: a grid whose rows are lines and whose cells are words, edited in place.

const grid = document.getElementById("lines");

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

/** Which lines are shown: of which page, in which draft. */
let shown = { page: -1, draft: [] };

function showLines() {
  const page = readPages[current];
  const draft = drafts[current];
  if (shown.page === current && sameShape(shown.draft, draft)) {
    draft.forEach((line, index) => {
      if (line !== shown.draft[index]) rowAt(index).replaceWith(row(page, line, index));
    });
  } else {
    showAllLines(page, draft);
  }
  shown = { page: current, draft };
  const trouble = document.getElementById("trouble");
  trouble.textContent = page.trouble && `This page could not be read: ${page.trouble}`;
  trouble.hidden = !page.trouble;
  markWord();
}

function showAllLines(page, draft) {
  const paragraphs = [];
  draft.forEach((line, index) => {
    const begins = !line.removed && beginsParagraph(draft, index);
    if (begins || paragraphs.length === 0) {
      paragraphs.push(element("div", { role: "rowgroup", class: "paragraph" }));
    }
    paragraphs.at(-1).append(row(page, line, index));
  });
  grid.replaceChildren(...paragraphs);
  grid.hidden = paragraphs.length === 0;
}

/** Whether two drafts have the same lines and paragraphs, whatever their words. */
function sameShape(one, other) {
  return (
    one.length === other.length &&
    one.every(
      (line, n) => line.removed === other[n].removed && line.paragraph === other[n].paragraph,
    )
  );
}

function rowAt(index) {
  return grid.querySelector(`.line[data-line="${index}"]`);
}

function row(page, line, index) {
  const made = element("div", { role: "row", class: "line", "data-line": index, dir: "auto" });
  if (line.removed) {
    made.classList.add("removed");
    made.append(removedLine(line, index));
    return made;
  }
  let place = 0;
  let before = "";
  for (const group of line.groups) {
    if (group.texts.length === 0) made.append(hole(page, group));
    for (const text of group.texts) {
      if (blankBetween(before, text)) made.append(" ");
      made.append(cell(page, group, text, index, place));
      before = text;
      place++;
    }
  }
  return made;
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
  if (state !== "plain") made.setAttribute("aria-description", describe(page, group, state));
  return made;
}

function describe(page, group, state) {
  if (state === "confirmed") return "confirmed";
  const read = page.words.slice(group.from, group.to);
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

function wordAt(line, word) {
  return grid.querySelector(`.word[data-line="${line}"][data-word="${word}"]`);
}

/** Shows which word is selected; it is the one that Tab goes to. */
function markWord() {
  grid.querySelectorAll(".selected").forEach((one) => {
    one.classList.remove("selected");
    one.tabIndex = -1;
  });
  const word = wordAt(selected.line, selected.word) ?? grid.querySelector(".word");
  if (word === null) return;
  selected = { line: Number(word.dataset.line), word: Number(word.dataset.word) };
  word.classList.add("selected");
  word.tabIndex = 0;
}

function focusWord() {
  const word = wordAt(selected.line, selected.word);
  word?.focus({ preventScroll: true });
  word?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** Turns a line into a field, with a word marked in it so that typing replaces it. */
function editLine(index, word) {
  const line = drafts[current][index];
  const texts = textsOf(line);
  const start = joinWords(texts.slice(0, word + 1)).length - texts[word].length;
  openField(rowAt(index), lineText(line), {
    from: start,
    to: start + texts[word].length,
    label: `Line ${index + 1}`,
    save: (typed, caret) => {
      if (typed === lineText(line)) return;
      const draft = retyped(readPages[current], drafts[current], index, typed);
      const at = Math.max(0, typed.slice(0, caret).trim().split(/\s+/u).length - 1);
      const last = Math.max(0, textsOf(draft[index] ?? line).length - 1);
      change(draft, { line: index, word: Math.min(at, last) }, "Line changed");
    },
  });
}

/** Opens an empty field for a line below a line of the draft, or above it. */
function writeLine(index, below) {
  const place = element("div", { role: "row", class: "line" });
  const neighbour = rowAt(index);
  grid.hidden = false;
  if (neighbour === null) grid.append(element("div", { role: "rowgroup" }, place));
  else if (below) neighbour.after(place);
  else neighbour.before(place);
  const at = neighbour === null ? drafts[current].length : index + (below ? 1 : 0);
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

function openField(place, text, { from, to, label, save }) {
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
    const index = place.dataset.line;
    if (index === undefined) place.remove();
    else place.replaceWith(row(readPages[current], drafts[current][index], Number(index)));
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
  if (settings.language) grid.lang = settings.language;
  grid.addEventListener("click", (event) => {
    const word = event.target.closest(".word");
    if (word === null) return;
    const [line, place] = [Number(word.dataset.line), Number(word.dataset.word)];
    if (line === selected.line && place === selected.word && event.detail === 2) {
      editLine(line, place);
      return;
    }
    select(line, place);
    focusWord();
  });
  grid.addEventListener("focusin", (event) => {
    const word = event.target.closest(".word");
    if (word === null) return;
    const [line, place] = [Number(word.dataset.line), Number(word.dataset.word)];
    if (line !== selected.line || place !== selected.word) select(line, place);
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
