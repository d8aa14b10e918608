"""``pcc-assess role``: the roles that there are, what one asks for, and whether a role file is right."""

from __future__ import annotations

from typing import Annotated

import typer

from pcc_assess.cli.options import HelpOption, LevelOption, emit, level_of, look_of, today
from pcc_assess.errors import DataError

app = typer.Typer(rich_markup_mode=None)


@app.callback(invoke_without_command=True, add_help_option=False, epilog="Example: pcc-assess role show --level senior")
def roles(context: typer.Context, *, help_: HelpOption = False) -> None:
    """Show roles, and check role files."""
    del help_
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command("list", epilog="Example: pcc-assess role list")
def list_roles() -> None:
    """List the roles that ship with the program."""
    from pcc_assess import catalog
    from pcc_assess.renderers.terminal import lines

    roles = catalog.load().roles.values()
    emit(
        lines(
            [f"{role.id}: {role.title} (levels: {', '.join(role.ranks)})" for role in roles],
            look_of(),
        ),
        None,
    )


@app.command(epilog="Example: pcc-assess role show --level senior")
def show(
    role: Annotated[
        str | None,
        typer.Argument(help="Id of a role, or the path of a role file. [default: patient-care-coordinator]"),
    ] = None,
    level: LevelOption = None,
) -> None:
    """Show what a role asks for at one level, with the points of each requirement."""
    from pcc_assess.aim import DEFAULT_ROLE, make_aim
    from pcc_assess.renderers.terminal import role as render
    from pcc_assess.weights import weights

    aim = make_aim(role or DEFAULT_ROLE, level_of(level), today())
    shares = weights(aim.role, aim.level, aim.knowledge.policy)
    emit(render(aim.role, aim.level, shares, aim.knowledge.texts, look_of()), None)


@app.command(epilog="Example: pcc-assess role check my-role.yaml")
def check(file: Annotated[str, typer.Argument(help="The role file (YAML).")]) -> None:
    """Check a role file; every fault is named with its line."""
    from pcc_assess import catalog

    role = catalog.load_role(file)
    problems = catalog.check_role(role, catalog.load(), file)
    if problems:
        hint = f"correct the lines below, then run pcc-assess role check {file} again"
        raise DataError("the role file is not valid", where=file, hint=hint, problems=problems)
    emit(f"{role.id}: the role file is valid, with {len(role.requirements)} requirements.\n", None)
