"use strict";
// A searchable PDF: by the command that makes it of the corrections.

/** The command's words; none has blanks or signs in it that a shell obeys. */
function pdfCommand() {
  const { stem } = settings;
  const document = settings.document ? [] : ["--document", "DOCUMENT"];
  const corrections = stem + FORMATS.json.ending;
  return ["notetext", "apply", corrections, ...document, "--output", `${stem}.corrected.pdf`];
}

function openPdfCommand() {
  const dialog = document.getElementById("pdf");
  const command = document.getElementById("pdf-command");
  const name = settings.document || "the document";
  pdfCommand().forEach((word, n) => command.append(n ? " " : "", element("span", {}, word)));
  document.getElementById("pdf-where").textContent = settings.document
    ? `Where they lie, with ${name} beside them, run`
    : "Where they lie, run, with the path of what was read for DOCUMENT,";
  document.getElementById("pdf-hint").textContent =
    (settings.document ? `If ${name} lies elsewhere, add --document and its path. ` : "") +
    "If the browser gave the download another name, put that into the command.";
  document.getElementById("make-pdf").addEventListener("click", () => dialog.showModal());
  document.getElementById("pdf-corrections").addEventListener("click", () => download("json"));
  document.getElementById("copy-command").addEventListener("click", () => copy(command));
  dialog.addEventListener("close", () => document.getElementById("download").focus());
}

/** Copies what an element says, or marks it where the browser does not let pages copy. */
async function copy(shown) {
  const button = document.getElementById("copy-command");
  try {
    await navigator.clipboard.writeText(shown.textContent);
    button.textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(shown);
    button.textContent = "Marked: copy it";
  }
  setTimeout(() => (button.textContent = "Copy"), 4000);
}
