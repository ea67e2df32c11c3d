"use strict";
// Which words of a line that was typed anew stand for which words that were read.

/**
 * @typedef {object} Group  Words that stand for a run of the page's words as they were read.
 * @property {number} from  The first of the run.
 * @property {number} to  The first behind it; the same as `from` if the words are new.
 * @property {string[]} texts  The words that are right; none if the run was removed.
 * @property {boolean} confirmed  Whether a person said that it is right as it was read.
 * @property {Home} [home]  Of words that were written into a cell without any: that cell's; of
 *   words that were struck out and stand: theirs.
 * @property {number} [strike]  Of the latter, which of the page's strikes they are.
 * @property {number} [order]  Of both, where they come among others at one place.
 */

const SAME = 0;
const OTHER_CASE = 0.5;
const CHANGED = 1;
const BLANK_FOR_LETTER = 3;

/**
 * The groups of a line. Words that stayed the same stand for themselves; what lies between them is
 * told by its characters.
 *
 * @param {string[]} read  The words as they were read.
 * @param {string} typed  The line as it was typed.
 * @param {number} from  Which of the page's words the first one is.
 * @returns {Group[]}
 */
function alignWords(read, typed, from) {
  const now = typed.trim().split(/\s+/u).filter(Boolean);
  const groups = [];
  let [i, j] = [0, 0];
  for (const [m, n] of [...sameWords(read, now), [read.length, now.length]]) {
    const between = alignRun(read.slice(i, m), now.slice(j, n).join(" "));
    groups.push(...between.map(({ from, to, texts }) => ({ from: i + from, to: i + to, texts })));
    if (m < read.length) groups.push({ from: m, to: m + 1, texts: [now[n]] });
    [i, j] = [m + 1, n + 1];
  }
  return groups.map((group) => ({
    from: from + group.from,
    to: from + group.to,
    texts: isWhole(read, group) ? [read[group.from]] : group.texts,
    confirmed: false,
  }));
}

/** Whether the texts are one word that was read with a blank in it. */
function isWhole(read, { from, to, texts }) {
  return to === from + 1 && texts.length > 1 && texts.join(" ") === read[from];
}

/** Pairs of places of words that are the same in both, in order: those with most characters. */
function sameWords(read, now) {
  const width = now.length + 1;
  const best = new Float64Array((read.length + 1) * width);
  const worth = (m, n) =>
    read[m] === now[n] ? read[m].length + best[(m + 1) * width + n + 1] : -1;
  for (let m = read.length - 1; m >= 0; m--) {
    for (let n = now.length - 1; n >= 0; n--) {
      best[m * width + n] = Math.max(
        worth(m, n),
        best[(m + 1) * width + n],
        best[m * width + n + 1],
      );
    }
  }
  const pairs = [];
  let [m, n] = [0, 0];
  while (m < read.length && n < now.length) {
    const here = best[m * width + n];
    if (worth(m, n) === here) pairs.push([m++, n++]);
    else if (best[(m + 1) * width + n] === here) m++;
    else n++;
  }
  return pairs;
}

function alignRun(read, typed) {
  const old = characters(read);
  const now = [...typed];
  const tokens = tokensOf(now, alignCharacters(old.letters, now), old);
  return merged(connected(tokens, read.length));
}

/** The line's characters, and of each one the word that it is of; -1 for blanks. */
function characters(words) {
  const letters = [];
  const owners = [];
  words.forEach((word, index) => {
    if (index > 0 && blankBetween(words[index - 1], word)) {
      letters.push(" ");
      owners.push(-1);
    }
    for (const letter of word) {
      letters.push(letter);
      owners.push(index);
    }
  });
  return { letters, owners };
}

/** For each new character the old one that it stands for, or -1: the cheapest way of editing. */
function alignCharacters(old, now) {
  const width = now.length + 1;
  const cost = new Float32Array((old.length + 1) * width);
  for (let j = 0; j < width; j++) cost[j] = j;
  for (let i = 1; i <= old.length; i++) {
    cost[i * width] = i;
    for (let j = 1; j < width; j++) {
      cost[i * width + j] = Math.min(
        cost[(i - 1) * width + j - 1] + changing(old[i - 1], now[j - 1]),
        cost[(i - 1) * width + j] + 1,
        cost[i * width + j - 1] + 1,
      );
    }
  }
  const partner = new Array(now.length).fill(-1);
  let i = old.length;
  let j = now.length;
  while (i > 0 && j > 0) {
    const here = cost[i * width + j];
    if (here === cost[(i - 1) * width + j - 1] + changing(old[i - 1], now[j - 1])) {
      partner[--j] = --i;
    } else if (here === cost[(i - 1) * width + j] + 1) {
      i--;
    } else {
      j--;
    }
  }
  return partner;
}

function changing(old, now) {
  if (old === now) return SAME;
  if ((old === " ") !== (now === " ")) return BLANK_FOR_LETTER;
  return old.toLowerCase() === now.toLowerCase() ? OTHER_CASE : CHANGED;
}

/** The new words, each with the first and the last old word that it stands for. */
function tokensOf(now, partner, old) {
  const tokens = [];
  let token = null;
  let owner = -1;
  now.forEach((letter, index) => {
    if (letter === " ") {
      token = null;
      return;
    }
    const mine = partner[index] < 0 ? -1 : old.owners[partner[index]];
    // Where no blank stands, words end where they did.
    if (token === null || (mine >= 0 && owner >= 0 && mine !== owner && wereApart(old, owner))) {
      token = { text: "", first: Infinity, last: -1 };
      tokens.push(token);
    }
    token.text += letter;
    owner = mine >= 0 ? mine : owner;
    if (mine >= 0) {
      token.first = Math.min(token.first, mine);
      token.last = Math.max(token.last, mine);
    }
  });
  return tokens;
}

/** Whether a word was set apart from the next one without a blank. */
function wereApart(old, word) {
  return old.letters[old.owners.lastIndexOf(word) + 1] !== " ";
}

/** Runs of old words with the new ones that share characters with them. */
function connected(tokens, count) {
  const groups = [];
  let next = 0;
  for (const token of tokens) {
    const group = groups.at(-1);
    if (token.last < 0) {
      groups.push({ from: next, to: next, texts: [token.text] });
    } else if (group !== undefined && token.first < group.to) {
      group.texts.push(token.text);
      group.to = next = Math.max(group.to, token.last + 1);
    } else {
      if (token.first > next) groups.push({ from: next, to: token.first, texts: [] });
      groups.push({ from: token.first, to: token.last + 1, texts: [token.text] });
      next = token.last + 1;
    }
  }
  if (next < count) groups.push({ from: next, to: count, texts: [] });
  return groups;
}

/** A word that went beside one that came is one that was changed. */
function merged(groups) {
  const result = [];
  for (const group of groups) {
    const before = result.at(-1);
    const isNew = group.from === group.to;
    const isGone = group.texts.length === 0;
    const wasNew = before !== undefined && before.from === before.to;
    const wasGone = before !== undefined && before.texts.length === 0;
    if ((isNew && (wasGone || wasNew)) || (isGone && (wasNew || wasGone))) {
      before.to = group.to;
      before.texts = [...before.texts, ...group.texts];
    } else {
      result.push({ ...group });
    }
  }
  return result;
}
