"use strict";
// What is printed: the text of all pages, with the words underlined that are still doubtful.

const printed = document.getElementById("printed");

function printedPage(page, draft) {
  const section = element("section", {}, element("h2", {}, `Page ${page.number}`));
  let paragraph = null;
  draft.forEach((line, index) => {
    if (line.removed) return;
    if (paragraph === null || beginsParagraph(draft, index)) {
      paragraph = element("p", { dir: "auto" });
      section.append(paragraph);
    } else {
      paragraph.append(element("br"));
    }
    paragraph.append(...printedWords(page, line));
  });
  return section;
}

function printedWords(page, line) {
  let before = "";
  return line.groups.flatMap((group) =>
    group.texts.map((text) => {
      const blank = blankBetween(before, text) ? " " : "";
      before = text;
      if (!isOpen(page, group)) return blank + text;
      return element("span", {}, blank, element("u", {}, text));
    }),
  );
}

function openPrinting() {
  if (settings.language) printed.lang = settings.language;
  window.addEventListener("beforeprint", () => {
    printed.replaceChildren(...readPages.map((page, n) => printedPage(page, drafts[n])));
  });
  window.addEventListener("afterprint", () => printed.replaceChildren());
}
