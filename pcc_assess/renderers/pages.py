"""Pages of HTML that stand for themselves: one file, one style, no script, and nothing that could be loaded.

A page is a template of ``templates/`` filled by Jinja2. Whatever a template prints is cleaned of control and format
characters and escaped, so a line of a resume is read and cannot act. The policy in the page allows its one style, by
the hash, and forbids everything else.
"""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from pcc_assess.outlets import visible
from pcc_assess.renderers import charts, summary
from pcc_assess.texts import Texts

if TYPE_CHECKING:
    from jinja2 import Environment

_STYLES = ("tokens.css", "page.css")


def page(template: str, texts: Texts, **values: object) -> str:
    """The page of ``templates/TEMPLATE.html`` in the language of ``texts``.

    Raises:
        jinja2.UndefinedError: the template names a value that is not given.
    """
    style = _style()
    made = _environment().get_template(f"{template}.html")
    return made.render(t=texts, style=_trusted(style), policy=_policy(style), **values).rstrip() + "\n"


def part(name: str) -> str:
    """A file that stands beside this module, with its line ends as a browser sees them."""
    return files(__package__).joinpath(name).read_text("utf-8").replace("\r\n", "\n")


def hashed(text: str) -> str:
    """A style or script as a policy names it."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@lru_cache(maxsize=1)
def _style() -> str:
    return "\n" + "".join(part(name) for name in _STYLES)


def _policy(style: str) -> str:
    """Nothing may be fetched, sent or run, and only this style may paint."""
    return f"default-src 'none'; style-src {hashed(style)}; base-uri 'none'; form-action 'none'"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(lambda name: part(f"templates/{name}")),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"summary": summary, "charts": charts}
    return environment


def _trusted(html: str) -> object:
    from markupsafe import Markup

    return Markup(html)  # noqa: S704 - a file of our own
