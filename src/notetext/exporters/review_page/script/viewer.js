"use strict";
// The page's picture: where words stand on it, zoom and pan.

const view = document.getElementById("view");
const sheet = document.getElementById("sheet");
const picture = document.getElementById("picture");
const boxes = document.getElementById("boxes");

const LARGEST = 8;
const STEP = 1.25;
/** How large the sheet is: 1 fits the view's width. */
let zoom = 1;

/** Resolves when the whole file is there; only the first page's picture is there before. */
const loaded = new Promise((resolve) => {
  document.addEventListener("DOMContentLoaded", resolve, { once: true });
});

/** A page's picture, or "" if it has none. */
async function pictureUrl(index) {
  const { number } = readPages[index];
  const first = document.querySelector('[type="text/plain"]');
  if (first?.id !== `picture-${number}`) await loaded;
  const data = document.getElementById(`picture-${number}`)?.textContent;
  return data ? `data:image/jpeg;base64,${data}` : "";
}

function showPicture() {
  const page = readPages[current];
  picture.removeAttribute("src");
  showWhenThere(current);
  picture.alt = `Page ${page.number}`;
  picture.width = page.width;
  picture.height = page.height;
  boxes.setAttribute("viewBox", `0 0 ${page.width || 1} ${page.height || 1}`);
  setZoom(1);
  view.scrollTo(0, 0);
}

async function showWhenThere(index) {
  const url = await pictureUrl(index);
  if (index !== current) return;
  view.classList.toggle("empty", !url);
  if (url) picture.src = url;
}

/** Draws a box around every word, coloured by what has become of it, and around drawings. */
function showBoxes() {
  const page = readPages[current];
  const drawings = page.blocks.filter(({ place }) => place !== null);
  const shapes = drawings.map(({ place }) => polygon(place, "figure"));
  const written = drafts[current].flatMap(({ groups }) => groups.map(({ home }) => home));
  for (const cell of page.blocks.flatMap(({ cells }) => cells)) {
    if (cell.place === null || cell.spans.length > 0 || written.includes(cell.home)) continue;
    const made = polygon(cell.place, "empty");
    made.dataset.cell = `${cell.block} ${cell.row} ${cell.column}`;
    shapes.push(made);
  }
  drafts[current].forEach((line, index) => {
    let place = 0;
    for (const group of line.groups) {
      const last = Math.max(0, group.texts.length - 1);
      const { block, cell } = group.home ?? {};
      const strike = page.strikes[group.strike];
      for (const { box } of strike?.words ?? []) {
        if (box) shapes.push(shape(box, "corrected", index, place));
      }
      const filled = !strike && cell && emptyCell(page, block, cell.row, cell.column).place;
      if (filled) shapes.push(shape(filled, "corrected", index, place));
      for (let n = group.from; n < group.to; n++) {
        const { item } = page.homes[n];
        if (item?.first === n && item.mark) {
          const toggled = line.ticks?.[n] !== undefined && !line.removed;
          shapes.push(shape(item.mark, toggled ? "mark corrected" : "mark", index, place));
        }
        const box = page.words[n].box;
        if (box === null) continue;
        const word = place + Math.min(n - group.from, last);
        shapes.push(shape(box, stateOf(page, line, group), index, word));
      }
      place += line.removed ? 0 : group.texts.length;
    }
  });
  for (const { dataset } of grid.querySelectorAll(".struck")) {
    for (const { box } of page.strikes[dataset.strike].words) {
      if (!box) continue;
      const made = shape(box, "struck", dataset.line, dataset.word);
      made.dataset.strike = dataset.strike;
      shapes.push(made);
    }
  }
  boxes.replaceChildren(...shapes);
  markBoxes();
}

function polygon(box, name) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", "polygon");
  made.setAttribute("points", box.join(" "));
  made.setAttribute("class", name);
  return made;
}

function shape(box, state, line, word) {
  const made = polygon(box, state);
  made.dataset.line = line;
  made.dataset.word = word;
  return made;
}

function shapesOf(line, word) {
  const which = word === undefined ? "" : `[data-word="${word}"]`;
  return boxes.querySelectorAll(`polygon[data-line="${line}"]${which}:not(.struck)`);
}

/** Shows which word is selected. */
function markBoxes() {
  boxes.querySelectorAll(".selected").forEach((one) => one.classList.remove("selected"));
  shapesSelected().forEach((one) => one.classList.add("selected"));
}

function shapesSelected() {
  const { line, word, strike } = selected;
  if (strike === undefined) return shapesOf(line, word);
  return boxes.querySelectorAll(`[data-strike="${strike}"]`);
}

/** Scrolls to the selected word if it is out of sight. */
function revealBox() {
  const [first] = shapesSelected();
  if (first === undefined) return;
  const box = first.getBoundingClientRect();
  const frame = view.getBoundingClientRect();
  const margin = Math.min(80, frame.height / 4);
  const x = outside(box.left, box.right, frame.left + margin, frame.right - margin);
  const y = outside(box.top, box.bottom, frame.top + margin, frame.bottom - margin);
  if (x || y) view.scrollBy({ left: x, top: y, behavior: motion() });
}

function outside(start, end, from, to) {
  if (start < from) return start - from;
  return end > to ? Math.min(end - to, start - from) : 0;
}

function motion() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}

/** Zooms, so that the point of the view stays where it is; its middle if left out. */
function setZoom(factor, clientX, clientY) {
  const frame = view.getBoundingClientRect();
  const x = (clientX ?? frame.left + frame.width / 2) - frame.left;
  const y = (clientY ?? frame.top + frame.height / 2) - frame.top;
  const before = zoom;
  zoom = Math.min(LARGEST, Math.max(0.25, factor));
  sheet.style.width = `${100 * zoom}%`;
  const grown = zoom / before;
  view.scrollLeft = (view.scrollLeft + x) * grown - x;
  view.scrollTop = (view.scrollTop + y) * grown - y;
}

function openViewer() {
  document.getElementById("zoom-in").addEventListener("click", () => setZoom(zoom * STEP));
  document.getElementById("zoom-out").addEventListener("click", () => setZoom(zoom / STEP));
  document.getElementById("zoom-fit").addEventListener("click", () => setZoom(1));
  toggle("bright", () => {});
  toggle("tall", () => {
    setZoom(zoom);
    revealBox();
  });
  view.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "+" || event.key === "=") setZoom(zoom * STEP);
    else if (event.key === "-") setZoom(zoom / STEP);
    else if (event.key === "0") setZoom(1);
    else return;
    event.preventDefault();
  });
  view.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      setZoom(zoom * Math.exp(-event.deltaY / 300), event.clientX, event.clientY);
    },
    { passive: false },
  );
  openPanning();
  boxes.addEventListener("pointerover", (event) => hover(event.target));
  boxes.addEventListener("pointerleave", () => hover(null));
}

/** A button that switches how the page is shown; the style knows how. */
function toggle(id, then) {
  const button = document.getElementById(id);
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    document.documentElement.toggleAttribute(`data-${id}`, on);
    then();
  });
}

/** What is under the pointer in the picture lights up in the text. */
function hover(target) {
  const { line, word } = target?.dataset ?? {};
  announce("hover", line === undefined ? {} : { line: Number(line), word: Number(word) });
}

/** A mouse drags the page, two fingers zoom it; one finger scrolls by itself. */
function openPanning() {
  const fingers = new Map();
  let pinch = 0;
  let moved = 0;
  view.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button !== 0) return;
    fingers.set(event.pointerId, event);
    moved = 0;
    pinch = spread(fingers);
  });
  view.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (before === undefined) return;
    fingers.set(event.pointerId, event);
    const [dx, dy] = [event.clientX - before.clientX, event.clientY - before.clientY];
    moved += Math.hypot(dx, dy);
    if (fingers.size === 2) {
      const now = spread(fingers);
      if (pinch && now) setZoom((zoom * now) / pinch, event.clientX, event.clientY);
      pinch = now;
    } else if (event.pointerType === "mouse") {
      if (moved > 4) view.setPointerCapture(event.pointerId);
      view.scrollBy(-dx, -dy);
    }
  });
  for (const end of ["pointerup", "pointercancel"]) {
    view.addEventListener(end, (event) => fingers.delete(event.pointerId));
  }
  view.addEventListener("click", (event) => {
    const { line, cell } = event.target.dataset ?? {};
    if (moved > 4) return;
    if (cell) fillCell(emptyCell(readPages[current], ...cell.split(" ").map(Number)));
    if (line === undefined) return;
    const { target } = event;
    if (drafts[current][line]?.removed && !target.matches(".struck")) return;
    selectPlace(placeShown(target));
    focusWord();
  });
}

function spread(fingers) {
  if (fingers.size !== 2) return 0;
  const [one, other] = fingers.values();
  return Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
}
