"""The record's tables, one module per thing in the world."""

from inspections.models.council import Council, CouncilAlias, StatisticalNeighbour
from inspections.models.framework import (
    AreaContinuation,
    Framework,
    Grade,
    GradeScale,
    JudgementArea,
    Lane,
)
from inspections.models.imports import (
    ImportDocument,
    ImportProblem,
    ImportRun,
    ImprovementPoint,
    Reading,
)
from inspections.models.inspection import Inspection, Judgement
from inspections.models.record import Correction, RecordState, RuleException
from inspections.models.source import Citation, Source
from inspections.models.user import User
from inspections.models.visit import Visit

__all__ = [
    "AreaContinuation",
    "Citation",
    "Correction",
    "Council",
    "CouncilAlias",
    "Framework",
    "Grade",
    "GradeScale",
    "ImportDocument",
    "ImportProblem",
    "ImportRun",
    "ImprovementPoint",
    "Inspection",
    "Judgement",
    "JudgementArea",
    "Lane",
    "Reading",
    "RecordState",
    "RuleException",
    "Source",
    "StatisticalNeighbour",
    "User",
    "Visit",
]
