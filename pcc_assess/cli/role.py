"""``pcc-assess role``: the roles that there are, what one asks for, and whether a role file is right."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from pcc_assess.cli.ending import tell
from pcc_assess.cli.options import (
    ENGLISH,
    HelpOption,
    LanguageOption,
    LevelOption,
    OutputOption,
    RoleOption,
    SettingOption,
    emit,
    level_of,
    look_of,
    today,
)
from pcc_assess.errors import DataError

if TYPE_CHECKING:
    from pcc_assess.knowledge import Role
    from pcc_assess.model import Posting
    from pcc_assess.texts import Texts

app = typer.Typer(rich_markup_mode=None)


@app.callback(invoke_without_command=True, add_help_option=False, epilog="Example: pcc-assess role show --level senior")
def roles(context: typer.Context, *, help_: HelpOption = False) -> None:
    """Show roles, and check role files."""
    del help_
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command("list", epilog="Example: pcc-assess role list")
def list_roles(*, language: LanguageOption = ENGLISH) -> None:
    """List the roles that ship with the program, with what is different in each."""
    from pcc_assess import catalog
    from pcc_assess.renderers.terminal import lines

    knowledge = catalog.load(language=language)
    texts, told = knowledge.texts, []
    for role in knowledge.roles.values():
        told.append(texts.say("report.role-line", id=role.id, title=role.title, levels=", ".join(role.ranks)))
        told.append(f"    {role.differs or role.summary}")
    settings = ", ".join(f"{setting.id} ({setting.name})" for setting in knowledge.settings.values())
    emit(lines([*told, "", texts.say("report.settings", settings=settings)], look_of()), None)


@app.command(epilog="Example: pcc-assess role show --level senior")
def show(
    role: Annotated[
        str | None,
        typer.Argument(help="Id of a role, or the path of a role file. [default: patient-care-coordinator]"),
    ] = None,
    level: LevelOption = None,
    setting: SettingOption = None,
    *,
    language: LanguageOption = ENGLISH,
) -> None:
    """Show what a role asks for at one level, with the points of each requirement."""
    from pcc_assess.aim import DEFAULT_ROLE, make_aim
    from pcc_assess.renderers import summary
    from pcc_assess.renderers.terminal import role as render
    from pcc_assess.weights import weights

    aim = make_aim(role or DEFAULT_ROLE, level_of(level), today(), language, setting=setting)
    texts, policy = aim.knowledge.texts, aim.knowledge.policy
    shares = weights(aim.role, aim.level, policy)
    changes: list[str] = []
    if aim.setting is not None:
        plain = make_aim(role or DEFAULT_ROLE, aim.level, aim.as_of, language)
        changes = [f"{aim.setting.name}. {aim.setting.summary}"]
        changes += summary.changed_by(aim.setting, plain.role, aim.level, policy, texts)
    emit(render(aim.role, aim.level, shares, texts, look_of(), changes=changes), None)


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


@app.command("from-posting", epilog="Example: pcc-assess role from-posting posting.txt --output clinic.yaml")
def from_posting(
    file: Annotated[str, typer.Argument(help="The job posting (text, PDF, DOCX, HTML); - reads standard input.")],
    *,
    role: RoleOption = None,
    level: LevelOption = None,
    output: OutputOption = None,
    language: LanguageOption = ENGLISH,
) -> None:
    """Draft a role file from a job posting; each requirement carries the posting's line."""
    from pcc_assess import catalog, disk
    from pcc_assess.aim import DEFAULT_ROLE, make_aim
    from pcc_assess.assess import aim_at, apart, read_posting

    aim = make_aim(role or DEFAULT_ROLE, level_of(level), today(), language)
    posting = apart(read_posting, disk.read_input(file, aim.limits), file, aim)
    drafted = aim_at(posting, aim).role
    emit(catalog.role_yaml(drafted, _draft_notes(posting, drafted, aim.knowledge.texts)), output)
    texts = aim.knowledge.texts
    tell(texts.count("posting.told", len(drafted.requirements)))
    if posting.unread:
        tell(texts.count("posting.told-unread", len(posting.unread)))


def _draft_notes(posting: Posting, drafted: Role, texts: Texts) -> list[str]:
    """What a reader of a drafted file must know, for the comments above it."""
    cares = Counter(ask.importance for item in drafted.requirements for ask in item.levels.values())
    kept = {name: cares[name] for name in ("essential", "important", "helpful")}
    return [
        texts.say("posting.draft.first", source=posting.source),
        texts.say("posting.draft.kept", **kept),
        texts.say("posting.draft.left"),
        *(texts.say("posting.draft.unread", quote=" ".join(line.split())) for line in posting.unread),
        texts.say("posting.started.shares"),
    ]


@app.command("new", epilog="Example: pcc-assess role new dental-desk --title 'Dental Desk' --output dental.yaml")
def new(
    name: Annotated[str, typer.Argument(metavar="ID", help="Id of the new role: small letters, figures, hyphens.")],
    *,
    title: Annotated[str | None, typer.Option("--title", help="Its title. [default: made from the id]")] = None,
    role: RoleOption = None,
    output: OutputOption = None,
    language: LanguageOption = ENGLISH,
) -> None:
    """Start a role file from one that ships with the program, to be changed by hand."""
    from pcc_assess import catalog
    from pcc_assess.aim import DEFAULT_ROLE, make_aim
    from pcc_assess.postings import started

    knowledge = catalog.load(language=language)
    base_id = role or DEFAULT_ROLE
    first = next(iter(knowledge.roles[base_id].ranks)) if base_id in knowledge.roles else level_of(None)
    base = make_aim(base_id, first, today(), language).role
    made = started(base, name, title or name.replace("-", " ").title())
    texts = knowledge.texts
    notes = [
        texts.say("posting.started.first", role=base.id),
        texts.say("posting.started.shares"),
        texts.say("posting.started.check", file=output or f"{name}.yaml"),
    ]
    emit(catalog.role_yaml(made, notes), output)
