"use strict";
// What is printed: the text of all pages, with the words underlined that are still doubtful.

const printed = document.getElementById("printed");

function printedPage(page, draft) {
  const section = element("section", {}, element("h2", {}, `Page ${page.number}`));
  for (const { kind, rows, block } of layoutOf(page, draft)) {
    const left = rows.filter((shape) => isLeft(draft, shape));
    if (left.length === 0) continue;
    const made = element("div", { class: "printed-block", "data-kind": kind, dir: "auto" });
    made.append(...left.map((shape) => printedRow(page, draft, shape, block)));
    section.append(made);
  }
  return section;
}

function printedRow(page, draft, { lines, home, isFirst }, block) {
  const made = element("div", {});
  if (home.item) {
    made.style.marginLeft = `${home.item.depth + (isFirst ? 0 : 1)}em`;
  }
  const cells = Array.from({ length: home.cell ? block.columns : 1 }, () => element("span"));
  for (const index of lines) {
    for (const { first, end, home: place } of partsOf(page, draft[index])) {
      const groups = draft[index].groups.slice(first, end);
      const cell = cells[place.cell?.column ?? 0];
      for (const some of place.cell ? groups.map((group) => [group]) : [groups]) {
        const signs = place.cell ? signsBefore(block, place, some[0]) : [];
        const shown = signs.map((sign) => `${signText(draft, sign)} `);
        cell.append(...shown, ...printedWords(page, draft[index], some), " ");
      }
    }
  }
  for (const { column, signs } of home.cell ? cellsOfRow(block, home) : []) {
    const behind = signs.filter(({ before }) => before < 0);
    cells[column].append(behind.map((sign) => signText(draft, sign)).join(" "));
  }
  made.append(...cells);
  return made;
}

function printedWords(page, line, groups) {
  let before = "";
  return groups.flatMap((group) => {
    const { item, kind } = homeIn(page, line, group);
    const isStart = item?.mark && line.groups[startOf(line, item)] === group;
    const mark = isStart ? [`${markSign(line, item)} `] : [];
    const words = group.texts.map((text, n) => {
      const blanks = kind === "preformatted" && n === 0 ? blanksBefore(page, group) : null;
      const blank = " ".repeat(blanks ?? (blankBetween(before, text) ? 1 : 0));
      before = text;
      if (!isOpen(page, group)) return blank + text;
      return element("span", {}, blank, element("u", {}, text));
    });
    return [...mark, ...words];
  });
}

/** The sign that looks like a drawn marker as it is now. */
function markSign(line, item) {
  const state = taskState(line, item);
  if (state === undefined) return item.marker;
  return state ? "☑" : "☐";
}

function openPrinting() {
  if (settings.language) printed.lang = settings.language;
  window.addEventListener("beforeprint", () => {
    printed.replaceChildren(...readPages.map((page, n) => printedPage(page, drafts[n])));
  });
  window.addEventListener("afterprint", () => printed.replaceChildren());
}
