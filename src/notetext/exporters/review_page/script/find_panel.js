"use strict";
// Find and replace, on all pages.

const finding = document.getElementById("finding");
const sought = document.getElementById("sought");
const instead = document.getElementById("instead");

/** @type {Match[]} */
let matches = [];
/** The same by page and line, each with its number among all. */
let matchesByLine = new Map();
/** Which of them is shown; -1 if none. */
let matchShown = -1;
/** From where the next one is looked for. */
let searchStart = { page: 0, line: 0, from: 0 };
/** Whether it is the search that goes to a word. */
let searching = false;

function isPressed(id) {
  return document.getElementById(id).getAttribute("aria-pressed") === "true";
}

/** Looks anew in all drafts, and shows what is found. */
function findAnew() {
  const how = { matchCase: isPressed("match-case"), wholeWords: isPressed("whole-words") };
  const pattern = finding.hidden ? null : patternOf(sought.value, how);
  matches = pattern === null ? [] : matchesOf(pattern);
  matchesByLine = new Map();
  matches.forEach((match, number) => {
    const key = `${match.page} ${match.line}`;
    matchesByLine.set(key, [...(matchesByLine.get(key) ?? []), { ...match, number }]);
  });
  matchShown = -1;
  showAnew();
}

/** Goes to the next match from where the search starts, or with -1 to the one before. */
function goToMatch(direction) {
  if (matches.length === 0) return;
  if (matchShown >= 0) {
    matchShown = (matchShown + direction + matches.length) % matches.length;
  } else {
    const next = matches.findIndex((match) => comesBefore(searchStart, match));
    if (direction > 0) matchShown = Math.max(0, next);
    else matchShown = (next > 0 ? next : matches.length) - 1;
  }
  const match = matches[matchShown];
  searchStart = match;
  const word = wordHolding(drafts[match.page][match.line], match.from);
  searching = true;
  if (match.page !== current) goToPage(match.page, { line: match.line, word });
  else select(match.line, word);
  searching = false;
  markMatchShown();
  wordAt(selected.line, selected.word)?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** Whether a place is that of a match or before it. */
function comesBefore(place, match) {
  if (place.page !== match.page) return place.page < match.page;
  if (place.line !== match.line) return place.line < match.line;
  return place.from <= match.from;
}

/** The search goes on from the selected word. */
function startAtSelection() {
  const line = drafts[current][selected.line];
  const place = line && placesOf(textsOf(line))[selected.word];
  searchStart = { page: current, line: selected.line, from: place?.[0] ?? 0 };
  matchShown = -1;
}

/** The nodes of a word's cell: its text, with what is found in it marked. */
function markedText(text, line, word) {
  const here = matchesByLine.get(`${current} ${line}`);
  if (here === undefined) return [text];
  const [start] = placesOf(textsOf(drafts[current][line]))[word];
  const nodes = [];
  let done = 0;
  for (const match of here) {
    const from = Math.max(0, match.from - start);
    const to = Math.min(text.length, match.to - start);
    if (from >= to) continue;
    nodes.push(text.slice(done, from));
    nodes.push(element("mark", { "data-match": match.number }, text.slice(from, to)));
    done = to;
  }
  return [...nodes, text.slice(done)].filter((node) => node !== "");
}

/** Shows which match is meant, how many there are, and where they stand on the page. */
function markMatchShown() {
  grid.querySelectorAll("mark").forEach((mark) => {
    mark.classList.toggle("shown", Number(mark.dataset.match) === matchShown);
  });
  boxes.querySelectorAll(".found").forEach((shape) => shape.classList.remove("found"));
  grid.querySelectorAll(".word:has(mark)").forEach(({ dataset }) => {
    shapesOf(dataset.line, dataset.word).forEach((shape) => shape.classList.add("found"));
  });
  const of = matchShown < 0 ? "" : `${matchShown + 1} of `;
  document.getElementById("found-count").textContent = sought.value && `${of}${matches.length}`;
  for (const id of ["previous-found", "next-found", "replace", "replace-all"]) {
    document.getElementById(id).disabled = matches.length === 0;
  }
}

/** Replaces the match that is shown and goes to the next one; shows one if none is shown. */
function replaceMatch() {
  if (matchShown < 0) {
    goToMatch(1);
    return;
  }
  const match = matches[matchShown];
  const before = drafts[current];
  const rest = lineText(before[match.line]).slice(match.to).trimStart();
  const after = replacedIn(readPages[current], before, [match], instead.value);
  const isLeft = after.length === before.length && !after[match.line].removed;
  const from = isLeft ? lineText(after[match.line]).length - rest.length : 0;
  change(after, selected, "Replaced");
  searchStart = { page: match.page, line: match.line, from };
  matchShown = -1;
  goToMatch(1);
}

/** Replaces all of them, on all pages, to be undone in one step. */
function replaceAllMatches() {
  const count = matches.length;
  const changes = readPages.map((page, number) => {
    const here = matches.filter((match) => match.page === number);
    return { page: number, draft: replacedIn(page, drafts[number], here, instead.value) };
  });
  changePages(changes, selected, count === 1 ? "Replaced 1" : `Replaced ${count}`);
}

function openFindPanel(field = sought) {
  finding.hidden = false;
  document.getElementById("find").setAttribute("aria-expanded", "true");
  startAtSelection();
  findAnew();
  field.focus();
  field.select();
}

function closeFindPanel() {
  finding.hidden = true;
  document.getElementById("find").setAttribute("aria-expanded", "false");
  findAnew();
  focusWord();
}

function openFinding() {
  const look = () => {
    findAnew();
    goToMatch(1);
  };
  sought.addEventListener("input", look);
  for (const id of ["match-case", "whole-words"]) {
    document.getElementById(id).addEventListener("click", ({ currentTarget }) => {
      currentTarget.setAttribute("aria-pressed", String(!isPressed(id)));
      look();
    });
  }
  const buttons = {
    find: () => (finding.hidden ? openFindPanel() : closeFindPanel()),
    "close-finding": closeFindPanel,
    "previous-found": () => goToMatch(-1),
    "next-found": () => goToMatch(1),
    replace: replaceMatch,
    "replace-all": replaceAllMatches,
  };
  for (const [id, act] of Object.entries(buttons)) {
    document.getElementById(id).addEventListener("click", act);
  }
  finding.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const isField = event.target === sought || event.target === instead;
    if (event.key === "Escape") closeFindPanel();
    else if (event.key !== "Enter" || !isField) return;
    else if (event.target === instead) replaceMatch();
    else goToMatch(event.shiftKey ? -1 : 1);
    event.preventDefault();
    event.stopPropagation();
  });
  for (const what of ["changed", "page"]) {
    session.addEventListener(what, () => {
      if (finding.hidden || searching) return;
      startAtSelection();
      findAnew();
    });
  }
  session.addEventListener("selected", () => {
    if (finding.hidden || searching) return;
    startAtSelection();
    markMatchShown();
  });
}
