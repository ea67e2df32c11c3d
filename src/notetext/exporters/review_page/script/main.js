"use strict";
// Puts the parts together.

const statusLine = document.getElementById("status");

function showPage() {
  showPicture();
  showText();
  markThumbnail();
}

function showText() {
  showLines();
  showBoxes();
  showCard();
  showCounts();
}

/** Shows every line again, as what is marked in them has changed. */
function showAnew() {
  shown = { page: -1, draft: [] };
  showText();
  markMatchShown();
}

function showCounts() {
  const left = doubts().length;
  const count = element("span", {}, String(left));
  document.getElementById("doubts").replaceChildren(count, element("span", {}, " doubtful"));
  document.getElementById("undo").disabled = done.length === 0;
  document.getElementById("redo").disabled = undone.length === 0;
}

session.addEventListener("page", () => {
  showPage();
  if (readPages.length > 1) say(`Page ${readPages[current].number}`);
});
session.addEventListener("changed", ({ detail }) => {
  showText();
  revealBox();
  say(detail.said);
});
session.addEventListener("selected", () => {
  markWord();
  markBoxes();
  showCard();
  revealBox();
});
session.addEventListener("said", ({ detail }) => say(detail.said));

let silence = 0;

/** Says something, also to a screen reader, for a while. */
function say(text) {
  if (!text) return;
  clearTimeout(silence);
  silence = setTimeout(() => (statusLine.textContent = ""), 4000);
  statusLine.textContent = kept === false ? `${text} (not saved) ${lostBecause()}` : text;
}

window.addEventListener("beforeunload", (event) => {
  if (kept === false && done.length > 0) event.preventDefault();
});

openSession();
openViewer();
openLines();
openThumbnails();
openThreshold();
openFinding();
openDownloads();
openPdfCommand();
openPrinting();
openKeys();
openKeeping();
document.getElementById("undo").addEventListener("click", undo);
document.getElementById("redo").addEventListener("click", redo);
for (const [id, direction] of [
  ["next-doubt", 1],
  ["previous-doubt", -1],
]) {
  document.getElementById(id).addEventListener("click", () => {
    goToDoubt(direction);
    focusWord();
  });
}
showKept();
document.documentElement.dataset.ready = "true";
if (readPages.length > 0) {
  goToPage(0);
  focusWord();
}
