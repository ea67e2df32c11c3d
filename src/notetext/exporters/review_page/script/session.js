"use strict";
// The session: the drafts of all pages, what is selected, what is doubtful, and undo.

/** What changed; `detail` says what. Those who show something listen to it. */
const session = new EventTarget();

/** @type {Draft[]} */
let drafts = [];
/** The page that is shown, from 0. */
let current = 0;
/**
 * The word that is selected: its line in the draft and its place among the line's texts; of words
 * that are struck out those beside them, and which of the page's strikes they are.
 */
let selected = { line: 0, word: 0 };
let undone = [];
const done = [];
/** Words of less confidence than this are doubtful. */
let doubtfulBelow = settings.doubtfulBelow;

function announce(what, detail = {}) {
  session.dispatchEvent(new CustomEvent(what, { detail }));
}

/** What is told of a draft is told once, as drafts do not change; once for each threshold. */
function remembering(tell) {
  const told = new WeakMap();
  return (number) => {
    const draft = drafts[number];
    if (told.get(draft)?.below !== doubtfulBelow) {
      told.set(draft, { below: doubtfulBelow, value: tell(number) });
    }
    return told.get(draft).value;
  };
}

const pageCorrections = remembering((number) => correctionsOf(readPages[number], drafts[number]));
const pageDoubts = remembering((number) =>
  drafts[number].flatMap((line, index) => {
    if (line.removed) return [];
    const found = [];
    let place = 0;
    for (const group of line.groups) {
      if (isOpen(readPages[number], group)) found.push({ page: number, line: index, word: place });
      place += group.texts.length;
    }
    return found;
  }),
);

function allCorrections() {
  return readPages.flatMap((_, number) => pageCorrections(number));
}

/** Every doubtful word that nobody has looked at, of all pages. */
function doubts() {
  return readPages.flatMap((_, number) => pageDoubts(number));
}

function openSession() {
  openDrafts(review.corrections);
  const text = storedBefore();
  if (text === null) return;
  try {
    const stored = JSON.parse(text);
    openDrafts(stored.corrections);
    kept = true;
    const below = stored.doubtfulBelow;
    if (typeof below === "number" && below >= 0 && below <= 1) doubtfulBelow = below;
  } catch {
    openDrafts(review.corrections); // what lies in the storage is not ours
  }
}

function openDrafts(corrections) {
  drafts = readPages.map((page) =>
    draftOf(
      page,
      corrections.filter((one) => one.page === page.number),
    ),
  );
}

/** Replaces the page's draft, so that it can be undone. */
function change(draft, selection = selected, said = "") {
  changePages([{ page: current, draft }], selection, said);
}

/** Replaces the drafts of several pages, so that it is undone in one step. */
function changePages(changes, selection = selected, said = "") {
  const parts = changes
    .filter(({ page, draft }) => draft !== drafts[page])
    .map(({ page, draft }) => ({ page, before: drafts[page], after: draft }));
  if (parts.length === 0) return;
  done.push({ parts, page: current, was: selected, is: selection });
  undone = [];
  for (const { page, after } of parts) drafts[page] = after;
  selected = selection;
  keep();
  announce("changed", { said });
}

function undo() {
  step(done, undone, "before", "was", "Undone");
}

function redo() {
  step(undone, done, "after", "is", "Done again");
}

function step(from, to, draft, selection, said) {
  const entry = from.pop();
  if (entry === undefined) return;
  to.push(entry);
  if (entry.page !== current) goToPage(entry.page);
  for (const part of entry.parts) drafts[part.page] = part[draft];
  selected = entry[selection];
  keep();
  announce("changed", { said });
}

function goToPage(page, selection) {
  if (page < 0 || page >= readPages.length) return;
  current = page;
  selected = selection ?? { line: firstLine(drafts[page]), word: 0 };
  announce("page");
}

function firstLine(draft) {
  return Math.max(
    0,
    draft.findIndex((line) => !line.removed),
  );
}

function select(line, word) {
  selectPlace({ line, word });
}

function selectPlace(place) {
  selected = place;
  announce("selected");
}

/** Whether a group is a doubtful word that is as it was read, and not confirmed. */
function isOpen(page, group) {
  return (
    group.to === group.from + 1 &&
    !group.confirmed &&
    isDoubtful(page.words[group.from]) &&
    isAsRead(page, group)
  );
}

/** Goes to the next doubtful word, or with -1 to the one before; around the end if need be. */
function goToDoubt(direction) {
  const all = doubts();
  if (all.length === 0) {
    announce("said", { said: "No doubtful words are left" });
    return;
  }
  const order = ({ page, line, word }) => page * 1e8 + line * 1e4 + word;
  const here = order({ page: current, ...selected });
  const next =
    direction > 0
      ? (all.find((doubt) => order(doubt) > here) ?? all[0])
      : (all.findLast((doubt) => order(doubt) < here) ?? all.at(-1));
  if (next.page !== current) goToPage(next.page, next);
  else select(next.line, next.word);
}
