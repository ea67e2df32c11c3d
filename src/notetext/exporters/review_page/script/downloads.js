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
