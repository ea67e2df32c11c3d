"use strict";
// What can be taken away: the corrected text, as Markdown too, and the corrections as JSON.

const PAGE_BREAK = "\f";

const FORMATS = {
  text: {
    ending: ".txt",
    type: "text/plain",
    render: () => drafts.map((draft, n) => draftText(readPages[n], draft)).join(PAGE_BREAK),
  },
  markdown: { ending: ".md", type: "text/markdown", render: renderMarkdown },
  json: { ending: ".corrections.json", type: "application/json", render: renderCorrections },
};

/** Every line as a line, code as code, a blank line between paragraphs, a rule between pages. */
function renderMarkdown() {
  return drafts
    .map((draft, n) =>
      draftText(readPages[n], draft)
        .split("\n\n")
        .map((paragraph) => paragraph.trimEnd())
        .map((paragraph) => (/^ | {2}/mu.test(paragraph) ? fenced : flowing)(paragraph))
        .map((paragraph) => paragraph && `${paragraph}\n`)
        .join("\n"),
    )
    .join("\n---\n\n");
}

function flowing(paragraph) {
  return paragraph.split("\n").map(escapeMarkdown).join("\\\n");
}

/** A paragraph with indentation or wide gaps, as a block of code that nothing in it ends. */
function fenced(paragraph) {
  const runs = (paragraph.match(/`+/gu) ?? []).map((run) => run.length);
  const fence = "`".repeat(Math.max(3, 1 + Math.max(0, ...runs)));
  return `${fence}\n${paragraph}\n${fence}`;
}

/** What means something in Markdown or HTML, as in notetext/exporters/markdown.py. */
function escapeMarkdown(text) {
  return text
    .replace(/[\\`*_[\]<>|~&$]/gu, "\\$&")
    .replace(/^([0-9]{0,9})([-+=#]|(?<=[0-9])[.)])/u, "$1\\$2");
}

/** What RecognitionResult.from_json and notetext apply read. */
function renderCorrections() {
  return JSON.stringify({ ...review, corrections: allCorrections() });
}

function download(format) {
  const { ending, type, render } = FORMATS[format];
  const url = URL.createObjectURL(new Blob([render()], { type }));
  const link = element("a", { href: url, download: settings.stem + ending });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  announce("said", { said: `Downloaded ${settings.stem}${ending}` });
}

function openDownloads() {
  const menu = document.getElementById("downloads");
  const show = popup(document.getElementById("download"), menu);
  menu.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button === null) return;
    if (button.dataset.format !== undefined) download(button.dataset.format);
    show(false);
    document.getElementById("download").focus();
  });
}
