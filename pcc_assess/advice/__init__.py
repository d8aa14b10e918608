"""From a finished plan to advice: what to do in the first week, to write, to tell, to practice and to ask.

Everything is chosen from data files and filled with the person's own words. Where only the person knows, a bracket or
an empty part stays; nothing is made up.
"""

from __future__ import annotations

from pcc_assess.advice.interview import practices
from pcc_assess.advice.own_words import OwnWords
from pcc_assess.advice.resume import tips
from pcc_assess.advice.stories import stories
from pcc_assess.advice.week import first_days
from pcc_assess.knowledge import Knowledge
from pcc_assess.model import Advice, Assessment, Plan, Standing, Strength

__all__ = ["make_advice"]

_MOST_STRENGTHS = 3


def make_advice(assessment: Assessment, plan: Plan, knowledge: Knowledge) -> Advice:
    """The advice for an assessed person who has a plan.

    Args:
        assessment: what the plan starts from.
        plan: the finished plan; its own ``advice`` is not looked at.
        knowledge: the data files, in the language of the result.
    """
    own = OwnWords(assessment, knowledge)
    standing = _standing(assessment, own)
    resume = tips(own)
    told = stories(own)
    return Advice(
        standing=standing,
        days=first_days(own, plan, standing, resume, told),
        resume=resume,
        stories=told,
        interview=practices(own),
        questions=tuple(knowledge.advice.questions.values()),
        organizations=tuple(knowledge.advice.organizations.values()),
    )


def _standing(assessment: Assessment, own: OwnWords) -> Standing:
    earned = [item for item in assessment.requirements if item.points > 0 and not item.confirm]
    best = sorted(earned, key=lambda item: (not own.is_shown(item), item.status != "met", -item.points, item.id))
    return Standing(
        name=assessment.candidate.name,
        band=assessment.readiness.band,
        gates=assessment.readiness.gates,
        open_questions=len(own.open_questions()),
        strengths=tuple(
            Strength(requirement=item.id, name=item.name, quote=own.quote(item)) for item in best[:_MOST_STRENGTHS]
        ),
    )
