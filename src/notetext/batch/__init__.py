"""Many documents: who reads them, in which order they come back, and what becomes of failures."""

from notetext.batch.items import BatchItem, FailedItem, Item, ReadItem
from notetext.batch.progress import BatchState, Progress

__all__ = ["BatchItem", "BatchState", "FailedItem", "Item", "Progress", "ReadItem"]
