"use strict";
// The card: the selected word up close, its other readings, and what can be done about it.

const card = document.getElementById("card");

function showCard() {
  const page = readPages[current];
  const strike = page.strikes[selected.strike];
  if (strike) {
    card.hidden = false;
    card.replaceChildren(...cardOfStrike(strike));
    return;
  }
  const line = drafts[current][selected.line];
  const found = line && !line.removed ? groupAt(line, selected.word) : null;
  card.hidden = found === null;
  if (found === null) return;
  const { group } = found;
  const read = page.words.slice(group.from, group.to);
  const parts = [
    lens(read),
    heading(page, line, group, read),
    readings(page, group, read),
    actions(),
  ];
  card.replaceChildren(...parts.filter(Boolean));
}

function heading(page, line, group, read) {
  const state = stateOf(page, line, group);
  const said = { doubtful: "doubtful", confirmed: "confirmed", plain: "" }[state];
  const facts = [];
  if (group.strike !== undefined) {
    facts.push(`read as struck out: “${textOfStrike(page.strikes[group.strike])}”`);
  } else if (state === "corrected") {
    facts.push(read.length ? `read as “${joinWords(read.map((w) => w.text))}”` : "added");
  } else {
    if (said) facts.push(said);
    if (read[0].confidence !== null) facts.push(`${Math.round(100 * read[0].confidence)} %`);
  }
  return element(
    "p",
    { class: `heading ${state}` },
    element("strong", {}, textsOf(line)[selected.word]),
    " ",
    element("span", { class: "facts" }, facts.join(" · ")),
  );
}

/** The other readings of a word, and the one that it was read as if it was changed. */
function readings(page, group, read) {
  return readingsShown(choicesOf(page, group, read));
}

function readingsShown(choices) {
  if (choices.length === 0) return null;
  const list = element("div", { class: "readings", role: "group", "aria-label": "Other readings" });
  choices.forEach((text, n) => {
    const button = element("button", { type: "button" }, element("kbd", {}, String(n + 1)), text);
    button.addEventListener("click", () => choose(n));
    list.append(button);
  });
  return list;
}

function choicesOf(page, group, read) {
  if (read.length !== 1) return [];
  const all = [read[0].text, ...read[0].alternatives];
  const now = joinWords(group.texts);
  return [...new Set(all)].filter((text) => text !== now).slice(0, 9);
}

function readingsOfStrike({ words }) {
  return words.length === 1 ? (words[0].alternatives ?? []).slice(0, 9) : [];
}

function cardOfStrike(strike) {
  const text = element("s", {}, textOfStrike(strike));
  const facts = element("span", { class: "facts" }, "struck out");
  const row = element("div", { class: "actions" });
  for (const [name, key, act] of [
    ["Let it stand", "K", () => toggleStrike()],
    ["Edit", "E", () => editSelected()],
  ]) {
    const button = element("button", { type: "button", title: `${name} (${key})` }, name);
    button.addEventListener("click", () => {
      act();
      if (!grid.querySelector(".field")) focusWord();
    });
    row.append(button);
  }
  row.firstChild.classList.add("main");
  const parts = [
    lens(strike.words.map(({ box = null }) => ({ box }))),
    element("p", { class: "heading" }, text, " ", facts),
    readingsShown(readingsOfStrike(strike)),
    row,
  ];
  return parts.filter(Boolean);
}

const ACTIONS = [
  ["Accept", "a", "The word is right; go on", () => confirmWord()],
  ["Edit", "e", "Edit the line", () => editSelected()],
  ["Remove", "Delete", "Remove the word", () => removeWord()],
];
const LINE_ACTIONS = [
  ["Struck out, or not", "k", () => toggleStrike()],
  ["Task done, or not", "x", () => toggleTask(selected.line, selected.word)],
  ["New line below", "o", () => writeLine(selected.line, true)],
  ["New line above", "O", () => writeLine(selected.line, false)],
  ["Split line here", "s", () => splitLine()],
  ["Join with line above", "j", () => joinLines()],
  ["Paragraph break", "b", () => toggleParagraph()],
  ["Remove line", "d", () => removeLine()],
];

function actions() {
  const row = element("div", { class: "actions" });
  for (const [name, key, title, act] of ACTIONS) {
    const button = element(
      "button",
      { type: "button", title: `${title} (${key.toUpperCase()})` },
      name,
    );
    if (name === "Accept") button.classList.add("main");
    button.addEventListener("click", act);
    row.append(button);
  }
  const menu = element("details", { class: "more" }, element("summary", {}, "Line"));
  const items = element("div", {});
  for (const [name, key, act] of LINE_ACTIONS) {
    const button = element("button", { type: "button" }, name, element("kbd", {}, key));
    button.addEventListener("click", () => {
      menu.open = false;
      act();
    });
    items.append(button);
  }
  menu.append(items);
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.firstElementChild.focus();
  });
  row.append(menu);
  return row;
}

/** A strip of the paper, with the word in its middle; null if nobody knows where it stands. */
function lens(read) {
  const places = read.map((word) => word.box).filter(Boolean);
  if (places.length === 0 || view.classList.contains("empty")) return null;
  const xs = places.flatMap((box) => [box[0], box[2], box[4], box[6]]);
  const ys = places.flatMap((box) => [box[1], box[3], box[5], box[7]]);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const canvas = element("canvas", {
    class: "lens",
    role: "img",
    "aria-label": "The word on the page",
  });
  const draw = () => {
    const scale = devicePixelRatio;
    const height = (bottom - top) * 1.3;
    const width = (height * canvas.clientWidth) / canvas.clientHeight;
    const middle = (left + right) / 2;
    canvas.width = Math.round(canvas.clientWidth * scale);
    canvas.height = Math.round(canvas.clientHeight * scale);
    const pen = canvas.getContext("2d");
    const ratio = picture.naturalWidth / readPages[current].width;
    const x = middle - width / 2;
    const y = (top + bottom) / 2 - height / 2;
    const size = canvas.height / height;
    pen.drawImage(
      picture,
      x * ratio,
      y * ratio,
      width * ratio,
      height * ratio,
      0,
      0,
      canvas.width,
      canvas.height,
    );
    pen.fillStyle = "rgb(128 128 128 / 35%)";
    pen.fillRect(0, 0, (left - x) * size, canvas.height);
    pen.fillRect((right - x) * size, 0, canvas.width, canvas.height);
  };
  if (picture.complete && picture.naturalWidth) requestAnimationFrame(draw);
  else picture.addEventListener("load", draw, { once: true });
  return canvas;
}
