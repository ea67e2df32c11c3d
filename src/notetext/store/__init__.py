"""The store: one SQLite file with finished pages, and with the tasks of paid services.

With it a batch that was killed goes on where it stopped, and pays for nothing twice.
"""

from notetext.store.pages import StoredPage
from notetext.store.store import Store, StoreInfo

__all__ = ["Store", "StoreInfo", "StoredPage"]
