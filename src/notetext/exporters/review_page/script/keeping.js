"use strict";
// What the browser keeps of the session, and what is said of it.

const STORAGE_KEY = `notetext-review:${settings.digest}`;

/** Whether the browser keeps the session; null as long as nothing was to be kept. */
let kept = null;

/** What was kept before, as text, or null. */
function storedBefore() {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    kept = false; // there is no storage
    return null;
  }
}

function keep() {
  try {
    localStorage.setItem(
      STORAGE_KEY,
      JSON.stringify({ corrections: allCorrections(), doubtfulBelow }),
    );
    kept = true;
  } catch {
    kept = false;
  }
  showKept();
}

function showKept() {
  const shown = document.getElementById("kept");
  shown.hidden = kept === null;
  shown.classList.toggle("lost", kept === false);
  shown.textContent = kept ? "Saved" : "Not saved";
  shown.title = kept
    ? "In this browser. Download what is to be kept elsewhere."
    : "This browser keeps nothing: download before you leave.";
}
