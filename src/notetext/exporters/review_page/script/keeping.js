"use strict";
// What the browser keeps of the session, and what is said of it.

const STORAGE_KEY = `notetext-review:${settings.digest}`;

/** Whether the browser keeps the session; null as long as nothing was to be kept. */
let kept = null;

/** What this page knows to lie there; something else is of another tab. */
let known = null;
/** Whether another tab has kept something else since: then nothing is until somebody chooses. */
let elsewhere = false;

/** What was kept before, as text, or null. */
function storedBefore() {
  try {
    known = localStorage.getItem(STORAGE_KEY);
    return known;
  } catch {
    kept = false; // there is no storage
    return null;
  }
}

function keep() {
  try {
    const there = localStorage.getItem(STORAGE_KEY);
    elsewhere ||= there !== null && there !== known;
    if (!elsewhere) {
      known = JSON.stringify({ corrections: allCorrections(), doubtfulBelow });
      localStorage.setItem(STORAGE_KEY, known);
    }
    kept = !elsewhere;
  } catch {
    kept = false;
  }
  showKept();
}

/** Has what another tab kept: as a change, or, where nothing was done here yet, at once. */
function takeTheirs() {
  const { corrections } = JSON.parse(storedBefore());
  elsewhere = false;
  if (done.length === 0) {
    kept = true;
    openDrafts(corrections);
    goToPage(current);
    showKept();
    say("Corrected in another tab, and so here");
    return;
  }
  const changes = readPages.map((page, n) => {
    const own = corrections.filter((one) => one.page === page.number);
    return { page: n, draft: draftOf(page, own) };
  });
  const line = firstLine(changes[current].draft);
  changePages(changes, { line, word: 0 }, "As in the other tab");
}

function openKeeping() {
  window.addEventListener("storage", ({ key, newValue }) => {
    if (key !== STORAGE_KEY || newValue === null || newValue === known) return;
    const isIdle = done.length + undone.length === 0 && !grid.querySelector(".field");
    if (isIdle) takeTheirs();
    else keep();
  });
  document.getElementById("take-theirs").addEventListener("click", takeTheirs);
  document.getElementById("keep-mine").addEventListener("click", () => {
    storedBefore();
    elsewhere = false;
    keep();
    focusWord();
  });
}

function showKept() {
  const shown = document.getElementById("kept");
  shown.hidden = kept === null;
  shown.classList.toggle("lost", kept === false);
  shown.textContent = kept ? "Saved" : "Not saved";
  shown.title = kept ? "In this browser. Download what is to be kept elsewhere." : lostBecause();
  document.getElementById("elsewhere").hidden = !elsewhere;
}

function lostBecause() {
  if (elsewhere) return "Another tab has other corrections: choose above the text.";
  return "This browser keeps nothing: download before you leave.";
}
