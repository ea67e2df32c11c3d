"use strict";
// What is done to the selected word and its line.

/** Takes the n-th other reading of the selected word, and goes on. */
function choose(n) {
  const page = readPages[current];
  if (selected.strike !== undefined) {
    const text = readingsOfStrike(page.strikes[selected.strike])[n];
    if (text !== undefined && toggleStrike([text])) focusWord();
    return;
  }
  const line = drafts[current][selected.line];
  const found = line && groupAt(line, selected.word);
  if (!found) return;
  const { group, place } = found;
  const text = choicesOf(page, group, page.words.slice(group.from, group.to))[n];
  if (text === undefined) return;
  const start = selected.word - place;
  const count = group.texts.length;
  const draft = wordsReplaced(page, drafts[current], selected.line, start, count, text);
  change(draft, { line: selected.line, word: start }, `Now ${text}`);
  goToDoubt(1);
  focusWord();
}

/** Says that the word is right as it was read, and goes on. */
function confirmWord() {
  const { line, word, strike } = selected;
  const { group } = strike === undefined ? groupAt(drafts[current][line], word) : {};
  if (group && isAsRead(readPages[current], group) && !group.confirmed) {
    change(wordConfirmed(drafts[current], line, word), selected, "Confirmed");
  }
  goToDoubt(1);
  focusWord();
}

/** Opens the selected word's line; what is struck out stands first. */
function editSelected() {
  if (selected.strike === undefined || toggleStrike()) editLine(selected.line, selected.word);
}

function removeWord() {
  const { line, word } = selected;
  const texts = textsOf(drafts[current][line]);
  const draft = wordReplaced(readPages[current], drafts[current], line, word, "");
  const last = Math.max(0, texts.length - 2);
  change(draft, { line, word: Math.min(word, last) }, "Removed");
  focusWord();
}

function removeLine() {
  const draft = lineRemoved(readPages[current], drafts[current], selected.line);
  const next = draft.findIndex((line, n) => n >= selected.line && !line.removed);
  const before = draft.findLastIndex((line) => !line.removed);
  change(draft, { line: next < 0 ? Math.max(0, before) : next, word: 0 }, "Line removed");
  focusWord();
}

function splitLine() {
  const draft = lineSplit(drafts[current], selected.line, selected.word);
  if (draft === drafts[current]) return;
  change(draft, { line: selected.line + 1, word: 0 }, "Line split");
  focusWord();
}

function joinLines() {
  const draft = linesJoined(drafts[current], selected.line);
  if (draft === drafts[current]) {
    announce("said", { said: "No line stands directly above" });
    return;
  }
  const above = drafts[current].slice(0, selected.line).findLastIndex((line) => !line.removed);
  const words = textsOf(drafts[current][above]).length;
  change(draft, { line: above, word: words + selected.word }, "Lines joined");
  focusWord();
}

function toggleParagraph() {
  change(paragraphToggled(drafts[current], selected.line), selected, "Paragraph changed");
  focusWord();
}
