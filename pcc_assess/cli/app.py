"""The commands put together."""

from __future__ import annotations

from typing import Annotated

import typer

from pcc_assess import __version__
from pcc_assess.cli import audit, batch, compare, guide, plan, quiz, report, role, schema, score
from pcc_assess.cli.options import HelpOption

_OVERVIEW = """\
pcc-assess shows where you stand for Patient Care Coordinator work, and what to do next.

  pcc-assess quiz                      questions about your work, about 12 minutes
  pcc-assess quiz --from resume.pdf    the same, with what your resume shows filled in
  pcc-assess score resume.pdf          what your resume shows, line by line
  pcc-assess plan resume.pdf           the steps that close the gaps, free ones first
  pcc-assess report resume.pdf         all of this as one page for your browser
  pcc-assess compare resume.pdf --levels
                                       how near you are to each level of the ladder
  pcc-assess batch resumes/ --output results.csv
                                       many files at once
  pcc-assess guide pay                 the career guide, topic by topic
  pcc-assess audit results.csv --groups groups.csv
                                       how groups fare in those results
  pcc-assess role show                 what the job asks for
  pcc-assess schema assessment         the JSON Schema of a document

Start with your own resume (PDF, Word, text ...), or with the quiz if you have none:

  pcc-assess score resume.pdf

Add --help to any command for its options. Your files stay on this computer.
"""

# Plain help pages: quick to load, and the same in a pipe, for a screen reader and on a narrow screen.
app = typer.Typer(
    name="pcc-assess",
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(*, asked: bool) -> None:
    if asked:
        typer.echo(f"pcc-assess {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True, add_help_option=False, epilog="Example: pcc-assess score resume.pdf")
def overview(
    context: typer.Context,
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and leave.", callback=_version, is_eager=True)
    ] = False,
    help_: HelpOption = False,
) -> None:
    """Show where you stand for Patient Care Coordinator work, and what to do next."""
    del version, help_
    if context.invoked_subcommand is None:
        typer.echo(_OVERVIEW, nl=False)


app.command(epilog=quiz.EXAMPLE)(quiz.quiz)
app.command(epilog=score.EXAMPLE)(score.score)
app.command(epilog=plan.EXAMPLE)(plan.plan)
app.command(epilog=report.EXAMPLE)(report.report)
app.command(epilog=batch.EXAMPLE)(batch.batch)
app.command(epilog=compare.EXAMPLE)(compare.compare)
app.command(epilog=audit.EXAMPLE)(audit.audit)
app.add_typer(role.app, name="role")
app.command(epilog=guide.EXAMPLE)(guide.guide)
app.command(epilog=schema.EXAMPLE)(schema.schema)
