"""The record's tables, one module per thing in the world."""

from inspections.models.backtest import BacktestScore
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
from inspections.models.interruption import InspectionPause, PollingDay
from inspections.models.lane_wait import LaneWait
from inspections.models.record import Correction, RecordState, Release, RuleException
from inspections.models.source import Citation, Source
from inspections.models.statement import Statement
from inspections.models.statistic import CountedLate, OfficialFigure
from inspections.models.tally import Tally
from inspections.models.user import User
from inspections.models.visit import Visit
from inspections.models.wait import Wait

__all__ = [
    "AreaContinuation",
    "BacktestScore",
    "Citation",
    "Correction",
    "Council",
    "CouncilAlias",
    "CountedLate",
    "Framework",
    "Grade",
    "GradeScale",
    "ImportDocument",
    "ImportProblem",
    "ImportRun",
    "ImprovementPoint",
    "Inspection",
    "InspectionPause",
    "Judgement",
    "JudgementArea",
    "Lane",
    "LaneWait",
    "OfficialFigure",
    "PollingDay",
    "Reading",
    "RecordState",
    "Release",
    "RuleException",
    "Source",
    "Statement",
    "StatisticalNeighbour",
    "Tally",
    "User",
    "Visit",
    "Wait",
]
