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

from notetext.engines.local.automaton import Automaton
from notetext.engines.local.context import History
from notetext.engines.local.histories import Histories
from notetext.engines.local.model_states import START
from notetext.engines.local.steps import steps_of
from notetext.engines.local.text_tree import TextTree

# With more of either, the texts stay the same and the search takes longer.
_WIDTH = 64
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
    """

    text: str
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class _Beam:
    """Beginnings of texts, those of a line side by side, and how likely they are.

    Attributes:
        line: the lines that they belong to, in rising order.
        node: what stands for them in the tree of texts.
        column: of their last characters; -1 before the first.
        state: the model's states after them.
        after_blank: their probabilities, if the last step showed the CTC blank.
        after_character: if it showed the last character.
    """

    line: _Numbers
    node: _Numbers
    column: _Numbers
    state: _Numbers
    after_blank: _Chances
    after_character: _Chances

    def up_to(self, count: int) -> _Beam:
        return _Beam(*(getattr(self, name)[:count] for name in self.__slots__))


@dataclass(frozen=True, slots=True, eq=False)
class _Growth:
    """Texts that are a character longer than one in the beam.

    Attributes:
        parent: the places of those in the beam, in rising order.
        column: of the characters.
        gain: how likely they are.
    """

    parent: _Numbers
    column: _Numbers
    gain: _Chances

    def at(self, chosen: NDArray[np.bool_]) -> _Growth:
        return _Growth(self.parent[chosen], self.column[chosen], self.gain[chosen])


def search(
    lines: Sequence[NDArray[np.float32]],
    automaton: Automaton,
    width: int = _WIDTH,
    before: Sequence[History] = (),
) -> list[list[Candidate]]:
    """Finds the likeliest texts of lines.

    Args:
        lines: their probabilities, T×C each.
        automaton: judges the texts. Of its alphabet of C characters the first, the CTC blank, is
            empty, and the last is the blank.
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
    found = _Search([lines[line] for line in order], automaton, width, histories).run()
    for line, texts in zip(order, found, strict=True):
        candidates[line] = texts
    return candidates


class _Search:
    """One search over lines in falling order of their lengths."""

    def __init__(
        self,
        lines: Sequence[NDArray[np.float32]],
        automaton: Automaton,
        width: int,
        before: Sequence[History],
    ) -> None:
        self._lengths = [len(line) for line in lines]
        self._automaton = automaton
        self._width = width
        self._steps = steps_of(lines, automaton, _LEAST_SHARE)
        self._tree = TextTree(len(lines))
        self._histories = Histories(self._tree, automaton, before)
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
            state=np.full(count, START),
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
                * self._automaton.ends(beam.state)
                * self._histories.worths(beam.node, beam.state, np.ones(len(beam.node), np.bool_))
                for beam in over
            ]
        )
        order = np.lexsort((-score, line))
        order = order[score[order] > 0]
        line, score = line[order], score[order]
        scores = (self._log_scale[line] + np.log(score)).tolist()
        texts = self._tree.texts(node[order], self._automaton.characters)
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
        firsts = np.searchsorted(beam.line, np.arange(len(rows)))
        stay = blank + again
        best = np.maximum.reduceat(stay, firsts)
        # Where a line has as many texts as it may, a new one must be likelier than one of them.
        is_full = np.diff(firsts, append=len(stay)) >= self._width
        least = np.where(is_full, np.minimum.reduceat(stay, firsts), 0.0)
        growth = self._grow(beam, row, whole, best, least)
        if len(growth.gain):
            growth = self._without_known(beam, growth, again)
        return self._likeliest(beam, blank, again, growth, best)

    def _grow(
        self, beam: _Beam, row: _Numbers, whole: _Chances, best: _Chances, least: _Chances
    ) -> _Growth:
        """Lets each text go on with each likely character.

        Args:
            beam: the texts.
            row: theirs in the steps.
            whole: their probabilities.
            best: of each line, the greatest probability so far at this step; is raised.
            least: of each line, the least that one that is not in the beam must have.
        """
        steps, automaton = self._steps, self._automaton
        begin = steps.begin[row]
        counts = steps.begin[row + 1] - begin
        ends = np.cumsum(counts)
        parent = np.repeat(np.arange(len(row)), counts)
        entry = np.arange(ends[-1]) + np.repeat(begin - ends + counts, counts)
        column = steps.columns[entry]
        # The same character again is another one only after a CTC blank.
        seen = np.where(column == beam.column[parent], beam.after_blank[parent], whole[parent])
        seen *= steps.probabilities[entry]
        line = beam.line[parent]
        # To judge a text takes longer than all else: not those that cannot win.
        most = seen * automaton.most_worths(column)
        likely = most >= best[line] * _LEAST_SHARE
        parent, column, seen, line = parent[likely], column[likely], seen[likely], line[likely]
        state = beam.state[parent]
        gain = seen * automaton.known_worths(state, column)
        ends = column == automaton.space
        # What a blank is worth depends on the word that it ends, too.
        np.maximum.at(best, line, np.where(ends, 0.0, gain))
        least = np.maximum(least, best * _LEAST_SHARE)
        unknown = (gain < 0) & (most[likely] >= least[line])
        gain[unknown] = seen[unknown] * automaton.weigh(state[unknown], column[unknown])
        can_win = gain[ends] * automaton.most_worth_of_word >= least[line[ends]]
        gain[ends] *= self._histories.worths(beam.node[parent[ends]], state[ends], can_win)
        np.maximum.at(best, line, gain)
        return _Growth(parent, column, gain).at(gain >= best[line] * _LEAST_SHARE)

    def _without_known(self, beam: _Beam, growth: _Growth, again: _Chances) -> _Growth:
        """Adds to texts in the beam what they gain from the one before them, also in the beam.

        Args:
            beam: the texts.
            growth: new ones, and such as are known.
            again: the probabilities of the known ones, if their last character is seen; raised.
        """
        # Tables that are never cleared: what they hold is believed only if it is found there.
        count = len(beam.node)
        if len(self._place) < len(self._tree.parents):
            self._place = np.zeros(len(self._tree.parents), np.intp)
        self._place[beam.node] = np.arange(count)
        before = self._tree.parents[beam.node]
        place = np.minimum(self._place[before], count - 1)
        child = np.flatnonzero(beam.node[place] == before)
        columns = len(self._automaton.characters)
        keys = growth.parent * columns + growth.column
        if len(self._entry) < count * columns:
            self._entry = np.zeros(2 * count * columns, np.intp)
        self._entry[keys] = np.arange(len(keys))
        wanted = place[child] * columns + beam.column[child]
        entry = np.minimum(self._entry[wanted], len(keys) - 1)
        is_there = keys[entry] == wanted
        child, entry = child[is_there], entry[is_there]
        again[child] += growth.gain[entry]
        new = np.ones(len(keys), np.bool_)
        new[entry] = False
        return growth.at(new)

    def _likeliest(
        self, beam: _Beam, blank: _Chances, again: _Chances, growth: _Growth, best: _Chances
    ) -> _Beam:
        """The likeliest texts of each line, which are gone on with."""
        kept = len(beam.line)
        score = np.concatenate([blank + again, growth.gain])
        line = np.concatenate([beam.line, beam.line[growth.parent]])
        # A text may have grown likelier than all were without what it gained.
        np.maximum.at(best, line[:kept], score[:kept])
        share = score / best[line]
        order = np.flatnonzero(share >= _LEAST_SHARE)
        # By lines, and in each by falling shares, which are at most 1.
        order = order[np.argsort(2.0 * line[order] - share[order], kind="stable")]
        line = line[order]
        ranks = np.arange(len(order)) - np.searchsorted(line, np.arange(len(best)))[line]
        order = order[ranks < self._width]
        self._log_scale[: len(best)] += np.log(best)
        # What was in the beam keeps its place, what is new comes behind all of that.
        is_new = order >= kept
        new = order[is_new] - kept
        order[is_new] = np.arange(kept, kept + len(new))
        parent, column = growth.parent[new], growth.column[new]
        nodes = self._tree.grow(beam.node[parent], column)
        self._histories.grow(nodes, column == self._automaton.space)
        numbers = (
            (beam.line, beam.line[parent]),
            (beam.node, nodes),
            (beam.column, column),
            (beam.state, self._automaton.follow(beam.state[parent], column)),
        )
        line, node, column, state = (np.concatenate(pair)[order] for pair in numbers)
        best = best[line]
        return _Beam(
            line=line,
            node=node,
            column=column,
            state=state,
            after_blank=np.concatenate([blank, np.zeros(len(new))])[order] / best,
            after_character=np.concatenate([again, growth.gain[new]])[order] / best,
        )
