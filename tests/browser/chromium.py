"""The Chromium of the system, and the barriers that axe finds in a page."""

from __future__ import annotations

import importlib.util
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
TOOLS = [name for name in ("playwright", "axe_playwright_python") if importlib.util.find_spec(name) is None]
needed = [
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (Debian: apt-get install chromium)"),
    pytest.mark.skipif(bool(TOOLS), reason="needs playwright and axe-playwright-python (pip install -e '.[test]')"),
]

QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = f"""axe.run(document, {{runOnly: {{type: "tag", values: {STANDARDS}}}, resultTypes: ["violations"]}}).then(
  (found) => [found.passes.length, found.violations.map((rule) => rule.id + ": " + rule.nodes[0].html)])"""


def barriers(page: Page, axe: str) -> list[str]:
    """What stands in the way of people, as axe sees it: the rules that are broken, each with its first place."""
    page.evaluate(axe)
    passed, violations = page.evaluate(AXE)
    assert passed > 30
    return violations
