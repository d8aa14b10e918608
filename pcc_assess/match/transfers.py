"""What neighbouring work brings: stated, capped, and always to be confirmed by the person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pcc_assess.knowledge import Knowledge, Transfer
from pcc_assess.match.scan import Scan
from pcc_assess.match.work import ENOUGH_MONTHS, Work
from pcc_assess.model import CredentialFinding, Evidence, SkillFinding, TransferFinding


def read_transfers(
    scan: Scan,
    knowledge: Knowledge,
    skills: Mapping[str, SkillFinding],
    credentials: Sequence[CredentialFinding],
    works: Sequence[Work],
) -> tuple[TransferFinding, ...]:
    """The best transfer to each skill, from a job of at least half a year, another skill that is shown, or a held
    credential.
    """
    jobs = _evidence_of_jobs(scan, works)
    held = {finding.id: finding for finding in credentials if finding.status == "held"}
    found: list[TransferFinding] = []
    for skill in knowledge.skills.values():
        best: tuple[Transfer, Evidence] | None = None
        for rule in skill.transfers:
            if best is not None and (rule.share, rule.level) <= (best[0].share, best[0].level):
                continue
            evidence = _proof(rule, jobs, skills, held)
            if evidence is not None:
                best = (rule, evidence)
        if best is not None:
            found.append(_finding(skill.id, *best))
    return tuple(found)


def _proof(
    rule: Transfer,
    jobs: Mapping[str, Evidence],
    skills: Mapping[str, SkillFinding],
    held: Mapping[str, CredentialFinding],
) -> Evidence | None:
    """What shows that the person has what a rule starts from."""
    if rule.job is not None:
        return jobs.get(rule.job)
    if rule.skill is not None:
        finding = skills.get(rule.skill)
        return finding.evidence[0] if finding is not None and finding.proficiency >= 2 else None
    credential = held.get(rule.credential or "")
    return credential.evidence[0] if credential else None


def _finding(skill: str, rule: Transfer, evidence: Evidence) -> TransferFinding:
    if rule.job is not None:
        source, proof = f"job:{rule.job}", evidence
    else:
        source = f"skill:{rule.skill}" if rule.skill is not None else f"credential:{rule.credential}"
        proof = _as_transfer(evidence)
    return TransferFinding(skill=skill, source=source, share=rule.share, proficiency=rule.level, evidence=(proof,))


def _as_transfer(evidence: Evidence) -> Evidence:
    return Evidence(
        quote=evidence.quote,
        start=evidence.start,
        end=evidence.end,
        page=evidence.page,
        section=evidence.section,
        status="held",
        method="transfer",
        similarity=100.0,
        surface_form=evidence.surface_form,
    )


def _evidence_of_jobs(scan: Scan, works: Sequence[Work]) -> dict[str, Evidence]:
    """For each family of jobs held long enough in all, the header of its first job."""
    months: dict[str, int] = {}
    first: dict[str, Work] = {}
    for work in works:
        family = work.job.family
        if family is not None and work.header is not None:
            months[family] = months.get(family, 0) + (work.job.months or 0)
            first.setdefault(family, work)
    found: dict[str, Evidence] = {}
    for family, work in first.items():
        header = work.header
        if header is None or (months[family] < ENOUGH_MONTHS and work.first is not None):
            continue
        start, _ = scan.span(header.first, header.first + 1)
        _, end = scan.span(header.last - 1, header.last)
        end = min(end, start + 200)
        found[family] = Evidence(
            quote=scan.layout.text[start:end],
            start=start,
            end=end,
            page=None,
            section=work.block.section,
            status="held",
            method="transfer",
            similarity=100.0,
            surface_form=work.job.title,
        )
    return found
