"""The review page: see what was read where, correct it, take it away."""

from __future__ import annotations

from notetext.errors import MissingSourceError
from notetext.exporters import Exporter, PageImages
from notetext.exporters.merging import Merger
from notetext.result import RecognitionResult


class ReviewPageExporter(Exporter):
    """One HTML file with the pages, their lines, and all that is needed to correct them.

    It asks nothing of any network, and a policy in it keeps browsers from asking. What a person
    corrects stays in their browser, and can be downloaded: `RecognitionResult.from_json` takes it
    back.
    """

    name = "html"
    suffixes = (".html", ".htm")

    def render(self, result: RecognitionResult, images: PageImages | None) -> str:
        """Returns an HTML document.

        Raises:
            MissingSourceError: the pages' pixels are not to be had.
        """
        if images is None:
            raise MissingSourceError(
                "a review page shows the pages themselves, and this result has none; bring them "
                "back with result.attach(…)",
                source=result.source.name,
            )
        from notetext.exporters.review_page.document import review_page

        return review_page(result, images)

    def merger(self) -> Merger:
        """Sets the review pages of all documents into one page, one below the other."""
        from notetext.exporters.review_page.several import SeveralPages

        return SeveralPages()
