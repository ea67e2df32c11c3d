"""What a page costs, as far as the user says so."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from notetext.errors import ConfigurationError


@dataclass(frozen=True, slots=True)
class CloudPrice:
    """What a service charges for a page: your own figure, from your contract or its price list.

    notetext knows no prices, and asks nobody. It multiplies: `notetext.NoteText.plan` and
    ``notetext --dry-run`` say what the submissions of a run would cost. A document that is sent
    whole is one submission.

    >>> from notetext.engines import CloudPrice
    >>> CloudPrice("0.015", "EUR").of(200)
    Decimal('3.000')
    >>> print(CloudPrice(0.1, "USD").text(3))
    0.3 USD

    Attributes:
        per_page: a number, or a string such as ``"0.015"``; at least 0.
        currency: as it is printed.

    Raises:
        ConfigurationError: ``per_page`` is no such number.
    """

    per_page: Decimal | float | str
    currency: str

    def __post_init__(self) -> None:
        try:
            # By way of its digits: 0.1 is meant as a tenth.
            price = Decimal(str(self.per_page))
        except InvalidOperation:
            price = Decimal("nan")
        if not price.is_finite() or price < 0:
            raise ConfigurationError(f"per_page={self.per_page!r} is no price; give such as 0.015")
        object.__setattr__(self, "per_page", price)

    @classmethod
    def parse(cls, text: str) -> CloudPrice:
        """Reads a price and its currency.

        >>> from notetext.engines import CloudPrice
        >>> CloudPrice.parse("0.015 EUR").currency
        'EUR'

        Raises:
            ConfigurationError: it is not both.
        """
        number, _, currency = text.strip().partition(" ")
        if not currency.strip():
            raise ConfigurationError(f"{text!r} is no price; give such as '0.015 EUR'")
        return cls(number, currency.strip())

    def of(self, pages: int) -> Decimal:
        """What so many pages cost."""
        return Decimal(self.per_page) * pages

    def text(self, pages: int) -> str:
        """The same with its currency."""
        return f"{self.of(pages):f} {self.currency}"
