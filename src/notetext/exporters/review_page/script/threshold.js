"use strict";
// The threshold below which words are doubtful: it can be moved, and what it misses is said.

const belowField = document.getElementById("below");

/** The share of wrong words that a threshold misses, where it was measured; else null. */
function missedShare(below) {
  const next = settings.measured.findIndex(([measured]) => measured >= below);
  if (next < 0) return null;
  const [to, missed] = settings.measured[next];
  if (next === 0 || to === below) return missed;
  const [from, missedBefore] = settings.measured[next - 1];
  return missedBefore + ((below - from) / (to - from)) * (missed - missedBefore);
}

/** Of the words that nobody corrected or confirmed: how many, how many marked, wrong, unknown. */
function doubtShares() {
  const shares = { words: 0, marked: 0, unknown: 0, missed: 0 };
  readPages.forEach((page, number) => {
    for (const line of drafts[number]) {
      for (const group of line.removed ? [] : line.groups) {
        if (group.confirmed || !isAsRead(page, group)) continue;
        for (const word of page.words.slice(group.from, group.to)) {
          shares.words++;
          if (word.confidence === null) shares.unknown++;
          else if (isDoubtful(word)) shares.marked++;
          else shares.missed += 1 - word.confidence;
        }
      }
    }
  });
  return shares;
}

function percent(share) {
  return `${Math.round(100 * share)}\u00a0%`;
}

function showThreshold() {
  const { words, marked, unknown, missed } = doubtShares();
  belowField.value = Math.round(100 * doubtfulBelow);
  belowField.setAttribute("aria-valuetext", percent(doubtfulBelow));
  document.getElementById("below-shown").textContent = percent(doubtfulBelow);
  const blind = unknown ? ` ${unknown} have no confidence, and are never marked.` : "";
  document.getElementById("marked-share").textContent =
    `${marked} of the ${words} words that you have not looked at are marked.${blind}`;
  document.getElementById("missed-share").textContent = saidOfOthers();
  document.getElementById("missed-here").textContent = saidOfThese(
    words - unknown - marked,
    missed,
  );
  document.getElementById("usual-threshold").disabled = doubtfulBelow === settings.doubtfulBelow;
}

/** What was measured, on notes of others. */
function saidOfOthers() {
  const share = missedShare(doubtfulBelow);
  return share === null
    ? "How many wrong words lie above this was measured only for handwriting read by the local engine."
    : `Measured on English notes of other people: ${percent(share)} of the wrong words lie above ` +
        "this, unmarked. Other hands and languages differ.";
}

/** What is to be expected here, if confidences are probabilities. */
function saidOfThese(unmarked, missed) {
  if (!settings.isLocal || unmarked === 0) return "";
  const count = Math.round(missed);
  const some = count === 0 ? "hardly any" : `about ${count}`;
  const are = count > 1 ? "are" : "is";
  return `By their confidences, ${some} of the ${unmarked} words not marked here ${are} wrong.`;
}

function setThreshold(below) {
  doubtfulBelow = below;
  keep();
  showAnew();
  showThreshold();
}

function openThreshold() {
  const panel = document.getElementById("threshold");
  const usual = document.getElementById("usual-threshold");
  usual.textContent = `Back to ${percent(settings.doubtfulBelow)}`;
  popup(document.getElementById("doubts"), panel);
  document.getElementById("doubts").addEventListener("click", showThreshold);
  belowField.addEventListener("input", () => setThreshold(Number(belowField.value) / 100));
  usual.addEventListener("click", () => {
    setThreshold(settings.doubtfulBelow);
    belowField.focus();
  });
  session.addEventListener("changed", () => panel.hidden || showThreshold());
}

/** Opens the panel with the focus in it. */
function moveThreshold() {
  const button = document.getElementById("doubts");
  if (document.getElementById("threshold").hidden) button.click();
  belowField.focus();
}
