"""``python -m pcc_assess.catalog``: the data check. Prints every problem; exit code 7 where there is one."""

from __future__ import annotations

import sys
from pathlib import Path

from pcc_assess.catalog import check, load
from pcc_assess.errors import DataError


def main(arguments: list[str]) -> int:
    """Check the program's data, or that of the folder named."""
    folder = Path(arguments[0]) if arguments else None
    try:
        knowledge = load(folder)
        problems = check(knowledge, folder)
    except DataError as error:
        problems = error.problems or (f"{error.where}: {error.message}",)
    for problem in problems:
        sys.stdout.write(f"{problem}\n")
    sys.stderr.write(f"{len(problems)} problems\n" if problems else "the data is in order\n")
    return DataError.exit_code if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
