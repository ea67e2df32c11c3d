"""How the recogniser's outputs are weighed against what is known of a language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trust:
    """How much the language counts beside the pixels.

    Attributes:
        language: the power that the language's probabilities are raised to.
        length: the logarithm of what each character is worth; without it, short texts would win.
        context: the power that what a word is likelier after others than alone is raised to.
    """

    language: float
    length: float
    context: float = 0.0


@dataclass(frozen=True, slots=True)
class Telling:
    """How hand is told from print: logistic regressions that training/fit_kind.py fits.

    Each gives the logarithm of odds. That a line is print:

    Attributes:
        looks: weighs the numbers of `appearance`.
        kind: weighs one, how the line looks, how the page looks, how far its ink is from grey.

    That the recogniser for print reads a line better, which is so with many neat hands, too:

    Attributes:
        page: weighs one, how the line looks, how the page looks.
        strips: one, how the line looks, how the page looks, the gain on strips of doubtful lines:
            how much surer the recogniser for print is there than that for handwriting, by the mean
            logarithm of the probabilities of their characters.
        line: one, what came of the above, the gain on the line itself.
    """

    looks: tuple[float, ...]
    kind: tuple[float, float, float, float]
    page: tuple[float, float, float]
    strips: tuple[float, float, float, float]
    line: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Tuning:
    """What was fitted to the writing of a script in one mode.

    Attributes:
        trust: how much the language counts.
        lost_accent: how likely it is that the network misses an accent, 0 to 1.
        blank: how much the CTC blank is trusted, 0 to 1. CTC networks are too sure of it, which
            makes letters disappear.
        confidence: the coefficients of a logistic regression, one for each of `Evidence.features`;
            training/fit_confidence.py fits them.
    """

    trust: Trust
    lost_accent: float
    blank: float
    confidence: tuple[float, ...]
