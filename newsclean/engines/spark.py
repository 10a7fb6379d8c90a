"""Spark: a DataFrame of pages in, a DataFrame of articles out, through ``mapInArrow``.

Every executor needs newsclean with its extra ``arrow``. Spark hands over batches of 10,000 rows, of whole
pages a great deal of memory: set ``spark.sql.execution.arrow.maxRecordsPerBatch`` to some hundred.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from newsclean.arrow import BatchCleaner, ColumnError
from newsclean.cleaner import Cleaner
from newsclean.detect import Kind
from newsclean.extras import needs

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame
    from pyspark.sql.types import DataType, StructType

_READABLE = ("string", "varchar", "char", "binary", "void")


def clean(
    frame: DataFrame,
    page: str = "page",
    *,
    keep: Sequence[str] | None = None,
    prefix: str = "",
    kind: Kind | None = None,
    kind_column: str | None = None,
    charset_column: str | None = None,
    cleaner: Cleaner | None = None,
) -> DataFrame:
    """Clean the pages in the column ``page`` of a DataFrame, when the result is asked for.

    The result has the columns that are kept and those of ``newsclean.arrow.SCHEMA``; ``schema`` gives
    their types. The settings are those of ``newsclean.arrow.BatchCleaner``.

    Raises ColumnError for a column that is missing, of the wrong type, or there already, and ValueError for
    a bad setting.
    """
    with needs("spark"):
        from pyspark.sql.functions import col
        from pyspark.sql.types import StructType

    batch_cleaner = BatchCleaner(
        page,
        keep=keep,
        prefix=prefix,
        kind=kind,
        kind_column=kind_column,
        charset_column=charset_column,
        cleaner=cleaner,
    )
    kept = batch_cleaner.kept(frame.columns)
    given = frame.schema[page].dataType
    if given.typeName() not in _READABLE:
        raise ColumnError(f"the column {page!r} holds {given.simpleString()}, neither strings nor bytes")
    asked = dict.fromkeys(name for name in (page, kind_column, charset_column, *kept) if name is not None)
    needed = frame.select(*(col(f"`{name.replace('`', '``')}`") for name in asked))
    fields = [*(frame.schema[name] for name in kept), *schema(prefix).fields]
    return needed.mapInArrow(batch_cleaner.clean_batches, StructType(fields))


def schema(prefix: str = "") -> StructType:
    """The columns of ``newsclean.arrow.SCHEMA`` as Spark's types."""
    with needs("spark"):
        from pyspark.sql.types import StructType

    struct = StructType()
    for field in BatchCleaner(prefix=prefix).columns:
        struct.add(field.name, _spark_type(field.type))
    return struct


def _spark_type(kind: pa.DataType) -> DataType:
    import pyarrow as pa
    from pyspark.sql import types

    if isinstance(kind, pa.ListType):
        return types.ArrayType(_spark_type(kind.value_type))
    if isinstance(kind, pa.StructType):
        struct = types.StructType()
        for field in kind.fields:
            struct.add(field.name, _spark_type(field.type))
        return struct
    plain: dict[Any, DataType] = {
        pa.string(): types.StringType(),
        pa.bool_(): types.BooleanType(),
        pa.int32(): types.IntegerType(),
    }
    return plain[kind]
