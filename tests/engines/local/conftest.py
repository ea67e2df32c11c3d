"""What several tests of the local engine ask."""

from importlib import resources

import pytest


@pytest.fixture
def counted_languages() -> list[str]:
    """The names of the tables of languages whose words were counted in texts."""
    folder = resources.files("notetext.engines.local").joinpath("contexts")
    names = [file.name for file in folder.iterdir()]
    return [name.removesuffix(".ctx") for name in names if name.endswith(".ctx")]
