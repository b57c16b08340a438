"""Documents are cut into chunks here: at headings, paragraphs and sentences, so that an edit changes few of them."""

from kgc.chunk.measure import measure
from kgc.chunk.split import SIZE, split

__all__ = ["SIZE", "measure", "split"]
