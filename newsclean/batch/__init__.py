"""From files to files: pages in folders, JSON Lines, Parquet and web archives, cleaned into one file.

It is what the command ``newsclean run`` does.
"""

from newsclean.batch.counts import Counts
from newsclean.batch.errors import RunError
from newsclean.batch.run import Settings, Watcher, run
from newsclean.batch.tables import Columns

__all__ = ["Columns", "Counts", "RunError", "Settings", "Watcher", "run"]
