"""Data files in: the only home of YAML. Reads ``data/`` and role files, and names every fault with its
place.
"""

from pcc_assess.catalog.binding import nearest
from pcc_assess.catalog.checking import check, check_role
from pcc_assess.catalog.loading import data_dir, load, load_all, load_audit, load_blinding, load_role
from pcc_assess.catalog.strict import parse_yaml
from pcc_assess.catalog.writing import role_yaml

__all__ = [
    "check",
    "check_role",
    "data_dir",
    "load",
    "load_all",
    "load_audit",
    "load_blinding",
    "load_role",
    "nearest",
    "parse_yaml",
    "role_yaml",
]
