"""Inputs and outputs that have an address (``s3://bucket/resumes/``) and no path on this machine, by way of fsspec.

Only a run on a cluster reads and writes there; nothing else in this program reaches beyond its machine.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from pcc_assess.disk import LARGEST_INPUT
from pcc_assess.errors import InputError, OutputError, PccError, UsageError, printable
from pcc_assess.limits import Limits

_HINT = "check the address, and the right to read there"
