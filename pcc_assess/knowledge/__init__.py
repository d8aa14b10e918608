"""The shape of every data file: what a counselor may write in ``data/``, as frozen records.

One record a thing; field names here are the keys of the YAML files. ``catalog.py`` reads the files and checks
them against these records; nothing here touches the disk. Words such as role, level, requirement and
proficiency mean what the README's table of words says.
"""

from pcc_assess.knowledge.actions import Action, ActionKind, Stage
from pcc_assess.knowledge.advice import (
    AdviceBook,
    DayTask,
    EmployerQuestion,
    InterviewTheme,
    Organization,
    ResumeLine,
    WorkStory,
)
from pcc_assess.knowledge.background import EDUCATION, EducationLevel, EducationRule, JobFamily
from pcc_assess.knowledge.credentials import Credential, Entry
from pcc_assess.knowledge.everything import Knowledge
from pcc_assess.knowledge.facts import Fact, Money, Span
from pcc_assess.knowledge.fairness import AuditRules, Blinding
from pcc_assess.knowledge.guide import GuidePart, GuideTable, GuideTopic
from pcc_assess.knowledge.policy import Band, CohortRules, PlanRules, Policy, Rung, SearchRules
from pcc_assess.knowledge.quiz import Check, MadeUp, QuizForm, QuizItems, QuizRules
from pcc_assess.knowledge.roles import (
    LEVELS,
    Ask,
    Gate,
    Importance,
    LevelId,
    Pay,
    Rank,
    Requirement,
    Role,
    Setting,
    ShareShift,
    Shift,
)
from pcc_assess.knowledge.skills import Ambiguous, Duty, Skill, SkillKind, Tool, Transfer
from pcc_assess.knowledge.tables import ColumnId, TableColumn, TableRules
from pcc_assess.knowledge.words import PostingRules, Words

__all__ = [
    "EDUCATION",
    "LEVELS",
    "Action",
    "ActionKind",
    "AdviceBook",
    "Ambiguous",
    "Ask",
    "AuditRules",
    "Band",
    "Blinding",
    "Check",
    "CohortRules",
    "ColumnId",
    "Credential",
    "DayTask",
    "Duty",
    "EducationLevel",
    "EducationRule",
    "EmployerQuestion",
    "Entry",
    "Fact",
    "Gate",
    "GuidePart",
    "GuideTable",
    "GuideTopic",
    "Importance",
    "InterviewTheme",
    "JobFamily",
    "Knowledge",
    "LevelId",
    "MadeUp",
    "Money",
    "Organization",
    "Pay",
    "PlanRules",
    "Policy",
    "PostingRules",
    "QuizForm",
    "QuizItems",
    "QuizRules",
    "Rank",
    "Requirement",
    "ResumeLine",
    "Role",
    "Rung",
    "SearchRules",
    "Setting",
    "ShareShift",
    "Shift",
    "Skill",
    "SkillKind",
    "Span",
    "Stage",
    "TableColumn",
    "TableRules",
    "Tool",
    "Transfer",
    "Words",
    "WorkStory",
]
