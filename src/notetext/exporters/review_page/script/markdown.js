"use strict";
// The corrected text as GitHub's Markdown: what it is made of, and every line a line of its own.

function renderMarkdown() {
  return drafts.map((draft, n) => pageMarkdown(readPages[n], draft)).join("\n---\n\n");
}

/** Blocks, each ended by a newline, with an empty line between two. */
function pageMarkdown(page, draft) {
  let lists = 0;
  return layoutOf(page, draft)
    .map(({ rows, ...laid }) => ({
      ...laid,
      rows: rows.filter((shape) => isLeft(draft, shape)),
    }))
    .filter(({ rows }) => rows.length > 0)
    .map((laid) => {
      const lines = laid.rows.flatMap((shape) => shape.lines.map((index) => draft[index]));
      if (laid.kind === "heading") return headingMarkdown(laid, lines);
      if (laid.kind === "table") return tableMarkdown(page, draft, laid);
      // With the same sign, a list right below another would be one with it.
      if (laid.kind === "list") return listMarkdown(page, draft, laid, "-*"[lists++ % 2]);
      if (laid.kind === "field") return fieldsMarkdown(page, lines);
      const text = lines.map((line) => spacedText(page, line)).join("\n");
      const isCode = laid.kind === "preformatted" || /^ | {2}/mu.test(text);
      return `${isCode ? fenced(text) : flowing(text.split("\n"))}\n`;
    })
    .join("\n");
}

function headingMarkdown({ block }, lines) {
  const text = joinWords(lines.flatMap(textsOf));
  return `${"#".repeat(block.level)} ${escapeMarkdown(text).replace(/(#+)$/u, "\\$1")}\n`;
}

/** Rows; one without a header has an empty one, as Markdown has none without. */
function tableMarkdown(page, draft, { block, rows }) {
  const written = rows.map(({ lines, home }) => {
    const cells = new Array(block.columns).fill("");
    for (const index of lines) {
      const all = textsOf(draft[index]);
      const [from, to] = spanOf(draft[index]);
      const isAdded = from === to && !isOfCells(draft[index]);
      if (isAdded && all.length === block.columns) return all.map(escapeInline);
      for (const { first, end, home: place } of partsOf(page, draft[index])) {
        const groups = draft[index].groups.slice(first, end);
        const texts = groups.flatMap((group) => [
          ...signsBefore(block, place, group).map((sign) => signText(draft, sign)),
          ...group.texts,
        ]);
        const column = place.cell?.column ?? 0;
        cells[column] = joinWords([cells[column], joinWords(texts)].filter(Boolean));
      }
    }
    for (const { column, signs } of cellsOfRow(block, home)) {
      const behind = signs.filter(({ before }) => before < 0).map((sign) => signText(draft, sign));
      cells[column] = joinWords([cells[column], ...behind].filter(Boolean));
    }
    return cells.map(escapeInline);
  });
  const head = block.hasHeader ? written.shift() : new Array(block.columns).fill("");
  const all = [head ?? [], new Array(block.columns).fill("---"), ...written];
  return all.map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

function fieldsMarkdown(page, lines) {
  const fields = [];
  for (const line of lines) {
    for (const { first, end, home } of partsOf(page, line)) {
      const text = joinWords(line.groups.slice(first, end).flatMap((group) => group.texts));
      if (home.side === "label") fields.push(`**${escapeInline(text)}**`);
      else if (fields.length > 0) fields.push(`${fields.pop()} ${escapeInline(text)}`);
      else fields.push(escapeMarkdown(text));
    }
  }
  return `${fields.join("\\\n")}\n`;
}

/** A list; items are below those that stand farther left. */
function listMarkdown(page, draft, { rows }, sign) {
  const indents = [0];
  const written = [];
  for (const { lines, home } of rows) {
    for (const { item, isFirst, text, line } of piecesOf(page, draft[lines[0]], home)) {
      const depth = item?.depth ?? 0;
      const before = " ".repeat(indents[depth] ?? 0);
      if (isFirst) {
        const [marker, rest] = itemMarkdown(line, item, text, depth > 0 ? "-" : sign);
        indents[depth + 1] = (indents[depth] ?? 0) + marker.indexOf(" ") + 1;
        written.push(`${before}${marker}${rest}`.trimEnd());
      } else if (written.length > 0) {
        written.push(
          `${written.pop()}\\`,
          `${" ".repeat(indents[depth + 1])}${escapeMarkdown(text)}`,
        );
      } else {
        written.push(escapeMarkdown(text));
      }
    }
  }
  return `${written.join("\n")}\n`;
}

/** A line's items, or what of them goes on in it. */
function piecesOf(page, line, home) {
  const pieces = [];
  for (const group of line.groups) {
    const item = homeIn(page, line, group).item ?? home.item;
    const begins = item !== null && startOf(line, item) >= 0;
    const isNew = pieces.length === 0 || (begins && pieces.at(-1).item !== item);
    if (isNew) pieces.push({ item, texts: [], line });
    pieces.at(-1).texts.push(...group.texts);
  }
  return pieces.map(({ item, texts }) => ({
    item,
    line,
    text: joinWords(texts),
    isFirst: item !== null && startOf(line, item) >= 0,
  }));
}

/** What an item begins with in Markdown, and its text. */
function itemMarkdown(line, item, text, sign) {
  const state = taskState(line, item);
  if (state !== undefined) {
    const rest = item.mark ? text : text.replace(CHECK_BOX, "").trimStart();
    const box = state === null ? "☐" : state ? "[x]" : "[ ]";
    return [`${sign} ${box} `, escapeInline(rest)];
  }
  const number = item.number === null ? null : /^\(?([0-9]{1,3})[.)]\s*/u.exec(text);
  if (number) return [`${number[1]}. `, escapeMarkdown(text.slice(number[0].length))];
  const isLabel = item.marker.length > 1 && /[\p{L}\p{N}]/u.test(item.marker);
  if (isLabel || item.mark || !text.startsWith(item.marker))
    return [`${sign} `, escapeInline(text)];
  return [`${sign} `, escapeMarkdown(text.slice(item.marker.length).trimStart())];
}

function flowing(lines) {
  return lines.map(escapeMarkdown).join("\\\n");
}

/** Lines with indentation or wide gaps, as a block of code that nothing in it ends. */
function fenced(text) {
  const runs = (text.match(/`+/gu) ?? []).map((run) => run.length);
  const fence = "`".repeat(Math.max(3, 1 + Math.max(0, ...runs)));
  return `${fence}\n${text}\n${fence}`;
}

/** What means something in Markdown or HTML, as in notetext/exporters/markdown.py. */
function escapeMarkdown(text) {
  return escapeInline(text).replace(/^([0-9]{0,9})([-+=#]|(?<=[0-9])[.)])/u, "$1\\$2");
}

/** The same, of a text behind something else in its line. */
function escapeInline(text) {
  return text.replace(/[\\`*_[\]<>|~&$]/gu, "\\$&");
}
