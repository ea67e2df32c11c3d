"use strict";
// Tasks: whether they are done, and the same draft with one of them the other way.

// Check boxes that are words, as in notetext/result/structure/markers.py.
const CHECK_BOX = /^(?:(☐|□|▢|\[\s?\])|(☑|☒|✅|✓|✔|🗹|🗷|\[\s?[xX×✓✔vV]\s?\]))/u;

/** The group of a line that an item begins with: its place among them, or -1. */
function startOf(line, item) {
  const place = line.groups.findIndex(({ from, to }) => from <= item.first && item.first < to);
  const isJoined = line.groups.slice(0, Math.max(0, place)).some(({ from, to }) => from < to);
  return item.opens && isJoined ? -1 : place; // joined with the line above, it is no item any more
}

/** The text of a line from one of its groups on. */
function textFrom(line, place) {
  return joinWords(line.groups.slice(place).flatMap((group) => group.texts));
}

/** Whether a task of a line is done; null if nobody can tell, undefined if it is none any more. */
function taskState(line, item) {
  if (!item.isTask) return undefined;
  if (item.mark) return line.ticks?.[item.first] ?? item.done;
  const begin = item.opens ? 0 : startOf(line, item);
  const [, isOpen, isDone] = CHECK_BOX.exec(textFrom(line, begin)) ?? [];
  return isOpen || isDone ? Boolean(isDone) : undefined;
}

/** The task of a word, with the draft's line that it begins in; null if it is of none. */
function taskAt(page, draft, line, word) {
  const found = draft[line] && groupAt(draft[line], word);
  const item = found && homeIn(page, draft[line], found.group).item;
  if (!item) return null;
  const index = draft.findIndex((one) => !one.removed && startOf(one, item) >= 0);
  if (index < 0 || taskState(draft[index], item) === undefined) return null;
  return { index, item };
}

/** The draft with a task done that was not, or open that was done. */
function taskToggled(page, draft, index, item) {
  const line = draft[index];
  const done = taskState(line, item) !== true;
  if (item.mark) {
    const ticks = { ...line.ticks, [item.first]: done };
    if (done === item.done) delete ticks[item.first];
    return draft.with(index, { ...line, ticks });
  }
  const start = startOf(line, item);
  const end = nextStart(page, line, start);
  const text = joinWords(line.groups.slice(start, end).flatMap((group) => group.texts));
  const [box] = CHECK_BOX.exec(text);
  const other = box.startsWith("[") ? (done ? "[x]" : "[ ]") : done ? "☑" : "☐";
  return retypedPart(page, draft, index, { first: start, end }, other + text.slice(box.length));
}

/** The first group behind one that another item begins with. */
function nextStart(page, line, start) {
  const { item } = homeIn(page, line, line.groups[start]);
  const next = line.groups.findIndex(
    (group, n) => n > start && homeIn(page, line, group).item !== item,
  );
  return next < 0 ? line.groups.length : next;
}

/** Toggles the task of a word on the page that is shown. */
function toggleTask(line, word) {
  const page = readPages[current];
  const found = taskAt(page, drafts[current], line, word);
  const sign = found === null ? signAt(page, line, word) : undefined;
  if (sign) {
    toggleSign(sign);
    return;
  }
  if (found === null) {
    announce("said", { said: "This is no task" });
    return;
  }
  const { index, item } = found;
  const draft = taskToggled(page, drafts[current], index, item);
  const place = textsBefore(draft[index], startOf(draft[index], item));
  const said = taskState(draft[index], item) ? "Done" : "Not done";
  change(draft, { line: index, word: place }, said);
}

/** Whether a check box in a table is ticked; null if nobody can tell. */
function signState(draft, { key, done }) {
  return draft.find(({ ticks }) => ticks?.[key] !== undefined)?.ticks[key] ?? done;
}

function signText(draft, sign) {
  return signState(draft, sign) ? "☑" : "☐";
}

/** The draft with a check box in a table that was ticked or not; the same if its row is gone. */
function signTicked(draft, sign, done) {
  const { key, n } = sign;
  const holds = ({ groups, removed }) =>
    !removed && groups.some(({ from, to }) => from <= n && n < to);
  const index = draft.findIndex(holds);
  if (index < 0) return draft;
  const ticks = { ...draft[index].ticks, [key]: done };
  if (done === sign.done) delete ticks[key];
  return draft.with(index, { ...draft[index], ticks });
}

/** The check box in the cell of a word, or the only one in its row. */
function signAt(page, line, word) {
  const found = drafts[current][line] && groupAt(drafts[current][line], word);
  const home = found ? homeIn(page, drafts[current][line], found.group) : NOWHERE;
  if (!home.cell) return undefined;
  const row = page.signs.filter(
    ({ cell }) => cell.block === home.block && cell.row === home.cell.row,
  );
  const own = row.filter(({ cell }) => cell.column === home.cell.column);
  return own[0] ?? (row.length === 1 ? row[0] : undefined);
}

function toggleSign(sign) {
  const done = signState(drafts[current], sign) !== true;
  const draft = signTicked(drafts[current], sign, done);
  shown = { page: -1, draft: [] }; // its row may be another one than that of the draft's line
  change(draft, selected, done ? "Done" : "Not done");
}
