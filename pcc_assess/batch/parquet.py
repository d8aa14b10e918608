"""Results as Parquet, for those who go on with them in a data program."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from pcc_assess.aim import Aim
from pcc_assess.batch.outputs import Columns, Form, Record, Row, ranked
from pcc_assess.disk import Output
from pcc_assess.errors import UsageError
from pcc_assess.model import Failure

_ROWS_AT_ONCE = 1000


def parquet(aim: Aim) -> Form:
    """One row a candidate: the columns of the CSV file, and a list with what became of each requirement.

    Raises:
        UsageError: the extra ``parquet`` is not installed.
    """
    try:
        import pyarrow as pa
    except ImportError as error:
        hint = "install it with: pip install 'pcc-assess[parquet]'; or write .csv or .jsonl"
        raise UsageError("writing Parquet needs the package pyarrow", hint=hint) from error
    columns = Columns.of(aim.role, aim.level)
    result = pa.struct(
        [
            ("id", pa.string()),
            ("status", pa.string()),
            ("credit", pa.float64()),
            ("weight", pa.float64()),
            ("points", pa.float64()),
            ("points_open", pa.float64()),
        ]
    )
    kinds = {int: pa.int64(), float: pa.float64(), str: pa.string()}
    fields = [(name, kinds[kind]) for name, kind in columns.names.items()]
    schema = pa.schema([*fields, ("requirements", pa.list_(result))])

    def row(record: Record) -> Row:
        return (*map(_text, columns.row(record)), _requirements(record))

    def write(rows: Iterable[Row], output: Output) -> None:
        _write(rows, output, schema)

    return Form(ranked=True, row=row, write=write)


def _text(value: object) -> object:
    """A text without the halves of letters that a file name may hold."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _requirements(record: Record) -> Row:
    if isinstance(record, Failure):
        return ()
    return tuple(
        (each.id, each.status, each.credit, each.weight, each.points, each.points_open) for each in record.requirements
    )


def _write(rows: Iterable[Row], output: Output, schema: Any) -> None:
    import pyarrow as pa
    from pyarrow import parquet as pq

    names = schema.names
    keys = [each.name for each in schema.field("requirements").type.value_type]
    with output.opened() as file, pq.ParquetWriter(file, schema) as writer:
        waiting = ranked(rows)
        while part := [*islice(waiting, _ROWS_AT_ONCE)]:
            table = [
                {
                    **dict(zip(names, (rank, *row), strict=True)),
                    "requirements": [dict(zip(keys, each, strict=True)) for each in row[-1]],
                }
                for rank, row in part
            ]
            writer.write_table(pa.Table.from_pylist(table, schema=schema))
