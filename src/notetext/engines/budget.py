"""How much a paid service may be sent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from notetext.errors import ConfigurationError
from notetext.errors.wording import counted
from notetext.model import parse_choice


class BudgetPeriod(StrEnum):
    """What a budget is for.

    ``RUN`` is an engine object with its copies in worker processes, ``STORE`` all that the store's
    file has ever seen, ``DAY`` a day of UTC in the store.
    """

    RUN = "run"
    STORE = "store"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Budget:
    """How many pages a paid service may be sent; a document that is sent whole counts as one.

    It is counted in the store, where there is one, so that all threads, processes and runs that
    use that file share it. Without a store, ``per="run"`` is counted by each engine object, and
    the others are a `ConfigurationError` before anything is sent.

    >>> from notetext.engines import Budget
    >>> Budget(100)
    Budget(pages=100, per=<BudgetPeriod.RUN: 'run'>)
    >>> Budget(20, per="day").period.value
    'day'

    Attributes:
        pages: the most, at least 0.
        per: in what: ``"run"``, ``"store"`` or ``"day"``.

    Raises:
        ConfigurationError: ``pages`` is negative, or ``per`` unknown.
    """

    pages: int
    per: BudgetPeriod | str = BudgetPeriod.RUN

    def __post_init__(self) -> None:
        if self.pages < 0:
            raise ConfigurationError(f"a budget of {self.pages} pages is none; give at least 0")
        object.__setattr__(self, "per", parse_choice(BudgetPeriod, self.per, "per"))

    @property
    def period(self) -> BudgetPeriod:
        """What it is for, as the member that it is."""
        return BudgetPeriod(self.per)

    @property
    def exhausted(self) -> str:
        """What is said when it is reached."""
        pages = counted(self.pages, "page")
        if self.period is BudgetPeriod.RUN:
            return f"max_submissions={self.pages} allows no more tasks; raise it to go on"
        if self.period is BudgetPeriod.STORE:
            return f"the budget of {pages} for this store is used up; raise it to go on"
        return (
            f"the budget of {pages} a day is used up in this store; raise it, or go on "
            "tomorrow (UTC)"
        )
