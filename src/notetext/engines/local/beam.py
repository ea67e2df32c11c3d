"""From probabilities to the likeliest texts in a language: CTC prefix beam search.

After Hannun, Maas, Jurafsky and Ng, "First-Pass Large Vocabulary Continuous Speech Recognition
using Bi-Directional Recurrent DNNs" (2014), with a model that judges each character. All lines go
on step by step together: what is done for one beginning of a text is done for all of them at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.context import History
from notetext.engines.local.histories import Histories
from notetext.engines.local.state_kinds import StateKinds
from notetext.engines.local.steps import steps_of
from notetext.engines.local.text_states import Judged, TextStates
from notetext.engines.local.text_tree import TextTree, with_room

# With more of either, the texts stay the same and the search takes longer.
_WIDTH = 96
_LEAST_SHARE = 1e-4

_Numbers = NDArray[np.intp]
_Chances = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that a line may hold.

    Attributes:
        text: with single blanks between its words.
        score: the logarithm of its probability by the pixels times its worth in the language.
            Scores of the same line, read at several widths, can be compared.
        shown: the logarithm of what it is worth beside that by what the network shows of the line
            as a whole.
    """

    text: str
    score: float
    shown: float = 0.0

    @property
    def rank(self) -> float:
        """What candidates are chosen by; how sure one is, the score alone tells."""
        return self.score + self.shown


@dataclass(frozen=True, slots=True, eq=False)
class _Beam:
    """Beginnings of texts, those of a line side by side, and how likely they are.

    Attributes:
        line: the lines that they belong to, in rising order.
        node: what stands for them in the tree of texts.
        column: of their last characters; -1 before the first.
        after_blank: their probabilities, if the last step showed the CTC blank.
        after_character: if it showed the last character.
    """

    line: _Numbers
    node: _Numbers
    column: _Numbers
    after_blank: _Chances
    after_character: _Chances

    def up_to(self, count: int) -> _Beam:
        return _Beam(*(getattr(self, name)[:count] for name in self.__slots__))


@dataclass(frozen=True, slots=True, eq=False)
class _Growth:
    """Texts that are a character longer than those in the beam.

    Attributes:
        parent: the places of those in the beam, in rising order.
        column: of the characters.
        seen: how likely they are by the pixels.
    """

    parent: _Numbers
    column: _Numbers
    seen: _Chances

    def at(self, chosen: NDArray[np.bool_]) -> _Growth:
        return _Growth(self.parent[chosen], self.column[chosen], self.seen[chosen])


@dataclass(frozen=True, slots=True, eq=False)
class _NewTexts:
    """Texts that come to those in the beam.

    Attributes:
        parent: the places in the beam of those that are a character shorter.
        judged: the characters.
        worth: what these are worth; a blank, with the word that it ends.
        gain: how likely the texts are.
    """

    parent: _Numbers
    judged: Judged
    worth: _Chances
    gain: _Chances


def search(
    lines: Sequence[NDArray[np.float32]],
    kinds: StateKinds,
    width: int = _WIDTH,
    before: Sequence[History] = (),
) -> list[list[Candidate]]:
    """Finds the likeliest texts of lines.

    Args:
        lines: their probabilities, T×C each.
        kinds: of a model that judges the texts. Of their alphabet of C characters the first, the
            CTC blank, is empty, and the last is the blank.
        width: how many beginnings of a line's text are gone on with at each step.
        before: the words before each line; none if nothing is given.

    Returns:
        For each line its texts, the likeliest first; at least one.
    """
    # The longest come first, so that those that are not over yet are always the first so many.
    order = sorted(range(len(lines)), key=lambda line: -len(lines[line]))
    candidates: list[list[Candidate]] = [[] for _ in lines]
    if not lines:
        return candidates
    histories = [before[line] if before else () for line in order]
    found = _Search([lines[line] for line in order], kinds, width, histories).run()
    for line, texts in zip(order, found, strict=True):
        candidates[line] = texts
    return candidates


class _Search:
    """One search over lines in falling order of their lengths."""

    def __init__(
        self,
        lines: Sequence[NDArray[np.float32]],
        kinds: StateKinds,
        width: int,
        before: Sequence[History],
    ) -> None:
        self._lengths = [len(line) for line in lines]
        self._kinds = kinds
        self._width = width
        self._steps = steps_of(lines, kinds, _LEAST_SHARE)
        self._tree = TextTree(len(lines))
        self._states = TextStates(self._tree, kinds)
        self._histories = Histories(self._tree, kinds, before)
        # What the last character of each node is worth; a blank, with the word that it ends.
        self._worth = np.zeros(0)
        self._log_scale = np.zeros(len(lines))
        self._over: list[_Beam] = []
        self._place = np.zeros(0, np.intp)
        self._entry = np.zeros(0, np.intp)

    def run(self) -> list[list[Candidate]]:
        count = len(self._lengths)
        every = np.arange(count)
        beam = _Beam(
            line=every,
            node=every,
            column=np.full(count, -1),
            after_blank=np.ones(count),
            after_character=np.zeros(count),
        )
        active = count
        for step in range(self._lengths[0]):
            while self._lengths[active - 1] <= step:
                active -= 1
            beam = self._without_ended(beam, active)
            beam = self._step(beam, self._steps.first[:active] + step)
        self._without_ended(beam, 0)
        return self._candidates()

    def _without_ended(self, beam: _Beam, active: int) -> _Beam:
        """Lays aside the beginnings that have become whole texts."""
        if int(beam.line[-1]) < active:
            return beam
        left = int(np.searchsorted(beam.line, active))
        self._over.append(_Beam(*(getattr(beam, name)[left:] for name in beam.__slots__)))
        return beam.up_to(left)

    def _candidates(self) -> list[list[Candidate]]:
        over = self._over
        line = np.concatenate([beam.line for beam in over])
        node = np.concatenate([beam.node for beam in over])
        score = np.concatenate(
            [
                (beam.after_blank + beam.after_character)
                * self._states.ends(beam.node)
                * self._histories.worths(
                    beam.node, self._states.tokens[beam.node], np.ones(len(beam.node), np.bool_)
                )
                for beam in over
            ]
        )
        order = np.lexsort((-score, line))
        order = order[score[order] > 0]
        line, score = line[order], score[order]
        scores = (self._log_scale[line] + np.log(score)).tolist()
        texts = self._tree.texts(node[order], self._kinds.characters)
        bounds = np.searchsorted(line, np.arange(len(self._lengths) + 1)).tolist()
        return [
            [
                Candidate(text, value)
                for text, value in zip(texts[first:last], scores[first:last], strict=True)
            ]
            for first, last in pairwise(bounds)
        ]

    def _step(self, beam: _Beam, rows: _Numbers) -> _Beam:
        """Goes on by a step; ``rows`` is where each line stands in the steps of all."""
        row = rows[beam.line]
        whole = beam.after_blank + beam.after_character
        # Each stays as it is: a CTC blank, or its last character once more.
        blank = whole * self._steps.blank[row]
        again = beam.after_character * self._steps.likely[row, beam.column]
        counts = np.bincount(beam.line, minlength=len(rows))
        firsts = np.cumsum(counts) - counts
        stay = blank + again
        best = np.maximum.reduceat(stay, firsts)
        # Where a line has as many texts as it may, a new one must be likelier than one of them.
        least = np.where(counts >= self._width, np.minimum.reduceat(stay, firsts), 0.0)
        growth = self._growth(beam, row, whole, best)
        child, growing, growth = self._known(beam, growth)
        gain = growing * self._worth[beam.node[child]]
        np.maximum.at(best, beam.line[child], gain)
        new = self._new(beam, growth, best, least)
        again[child] += np.where(gain >= best[beam.line[child]] * _LEAST_SHARE, gain, 0.0)
        return self._likeliest(beam, blank, again, new, best)

    def _growth(self, beam: _Beam, row: _Numbers, whole: _Chances, best: _Chances) -> _Growth:
        """Each text with each likely character behind it, if that may be likely.

        Args:
            beam: the texts.
            row: theirs in the steps.
            whole: their probabilities.
            best: of each line, the greatest probability so far at this step.
        """
        steps = self._steps
        begin = steps.begin[row]
        counts = steps.begin[row + 1] - begin
        ends = np.cumsum(counts)
        parent = np.repeat(np.arange(len(row)), counts)
        entry = np.arange(ends[-1]) + np.repeat(begin - ends + counts, counts)
        column = steps.columns[entry]
        # The same character again is another one only after a CTC blank.
        seen = np.where(column == beam.column[parent], beam.after_blank[parent], whole[parent])
        seen *= steps.probabilities[entry]
        most = seen * self._kinds.most_worths(column)
        return _Growth(parent, column, seen).at(most >= best[beam.line[parent]] * _LEAST_SHARE)

    def _known(self, beam: _Beam, growth: _Growth) -> tuple[_Numbers, _Chances, _Growth]:
        """Finds texts in the beam that another in the beam grows to.

        Returns:
            Their places in the beam, how likely by the pixels each other one is to grow to them,
            and what of the growth leads to new texts.
        """
        keys = growth.parent * len(self._kinds.characters) + growth.column
        if not len(keys):
            return growth.parent, growth.seen, growth
        # Tables that are never cleared: what they hold is believed only if it is found there.
        count = len(beam.node)
        self._place = with_room(self._place, len(self._tree.parents), 0)
        self._place[beam.node] = np.arange(count)
        before = self._tree.parents[beam.node]
        place = np.minimum(self._place[before], count - 1)
        child = np.flatnonzero(beam.node[place] == before)
        self._entry = with_room(self._entry, count * len(self._kinds.characters), 0)
        self._entry[keys] = np.arange(len(keys))
        wanted = place[child] * len(self._kinds.characters) + beam.column[child]
        entry = np.minimum(self._entry[wanted], len(keys) - 1)
        is_there = keys[entry] == wanted
        child, entry = child[is_there], entry[is_there]
        new = np.ones(len(keys), np.bool_)
        new[entry] = False
        return child, growth.seen[entry], growth.at(new)

    def _new(self, beam: _Beam, growth: _Growth, best: _Chances, least: _Chances) -> _NewTexts:
        """Judges the texts that are not in the beam.

        Args:
            beam: those that are.
            growth: what leads to others.
            best: of each line, the greatest probability so far at this step; is raised.
            least: of each line, the least that one that is not in the beam must have.
        """
        # To judge a text takes longer than all else: not those that cannot win.
        least = np.maximum(least, best * _LEAST_SHARE)
        most = growth.seen * self._kinds.most_worths(growth.column)
        growth = growth.at(most >= least[beam.line[growth.parent]])
        node, line, seen = beam.node[growth.parent], beam.line[growth.parent], growth.seen
        judged = self._states.judge(node, growth.column)
        worth = judged.worth
        # What a blank is worth depends on the word that it ends, too.
        blanks = growth.column == self._kinds.space
        np.maximum.at(best, line[~blanks], (seen * worth)[~blanks])
        ends = np.flatnonzero(blanks)
        least = np.maximum(least, best * _LEAST_SHARE)
        most_worth = self._kinds.model.most_worth_of_word
        can_win = seen[ends] * worth[ends] * most_worth >= least[line[ends]]
        worth[ends] *= self._histories.worths(node[ends], self._states.tokens[node[ends]], can_win)
        gain = seen * worth
        np.maximum.at(best, line[ends], gain[ends])
        likely = np.flatnonzero(gain >= best[line] * _LEAST_SHARE)
        return _NewTexts(growth.parent[likely], judged.at(likely), worth[likely], gain[likely])

    def _likeliest(
        self, beam: _Beam, blank: _Chances, again: _Chances, new: _NewTexts, best: _Chances
    ) -> _Beam:
        """The likeliest texts of each line, which are gone on with."""
        kept = len(beam.line)
        score = np.concatenate([blank + again, new.gain])
        line = np.concatenate([beam.line, beam.line[new.parent]])
        # A text may have grown likelier than all were without what it gained.
        np.maximum.at(best, line[:kept], score[:kept])
        share = score / best[line]
        order = np.flatnonzero(share >= _LEAST_SHARE)
        # By lines, and in each by falling shares, which are at most 1.
        order = order[np.argsort(2.0 * line[order] - share[order], kind="stable")]
        line = line[order]
        counts = np.bincount(line, minlength=len(best))
        ranks = np.arange(len(order)) - (np.cumsum(counts) - counts)[line]
        order = order[ranks < self._width]
        self._log_scale[: len(best)] += np.log(best)
        # What was in the beam keeps its place, what is new comes behind all of that.
        is_new = order >= kept
        chosen = order[is_new] - kept
        order[is_new] = np.arange(kept, kept + len(chosen))
        parent, judged = new.parent[chosen], new.judged.at(chosen)
        nodes = self._grown(beam.node[parent], judged, new.worth[chosen])
        numbers = (
            (beam.line, beam.line[parent]),
            (beam.node, nodes),
            (beam.column, judged.column),
        )
        line, node, column = (np.concatenate(pair)[order] for pair in numbers)
        best = best[line]
        return _Beam(
            line=line,
            node=node,
            column=column,
            after_blank=np.concatenate([blank, np.zeros(len(chosen))])[order] / best,
            after_character=np.concatenate([again, new.gain[chosen]])[order] / best,
        )

    def _grown(self, parents: _Numbers, judged: Judged, worths: _Chances) -> _Numbers:
        """Takes new texts into the tree, and all that goes with it."""
        nodes = self._tree.grow(parents, judged.column)
        self._states.grow(nodes, judged)
        self._histories.grow(parents, judged.column)
        self._worth = with_room(self._worth, len(self._tree.parents))
        self._worth[nodes] = worths
        return nodes
