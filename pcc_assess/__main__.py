"""``python -m pcc_assess`` is the same as the command ``pcc-assess``."""

import sys

from pcc_assess.cli import main

if __name__ == "__main__":
    sys.exit(main())
