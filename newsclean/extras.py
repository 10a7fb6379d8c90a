"""Says which extra brings a package that is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def needs(extra: str) -> Iterator[None]:
    """Around the imports of a module that needs an extra: an ImportError then names the extra."""
    try:
        yield
    except ImportError as error:
        raise ImportError(f"{error}; it comes with: pip install 'newsclean[{extra}]'") from error
