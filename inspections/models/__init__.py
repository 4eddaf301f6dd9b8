"""The record's tables, one module per thing in the world."""

from inspections.models.alert import Letter, News, Subscription, ToldTo
from inspections.models.audit import AuditEntry
from inspections.models.batch import Batch
from inspections.models.collected import CollectedDocument, CollectedPage, CollectRun
from inspections.models.comment import CouncilComment
from inspections.models.council import Council, CouncilAlias, StatisticalNeighbour
from inspections.models.draft import Draft
from inspections.models.error_report import ErrorReport
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
    Reading,
)
from inspections.models.inspection import Inspection, Judgement
from inspections.models.interruption import InspectionPause, PollingDay
from inspections.models.intervention import Intervention
from inspections.models.measure import Measure, MeasureSeries, MeasureYear
from inspections.models.plan import ActionPlan, PlannedAction
from inspections.models.point import ImprovementPoint, Theme
from inspections.models.record import (
    Conflict,
    Correction,
    Coverage,
    RecordMoment,
    RecordState,
    Release,
    RuleException,
)
from inspections.models.recovery import RecoveryCodes
from inspections.models.source import Citation, Source
from inspections.models.statement import Statement
from inspections.models.statistic import CountedLate, OfficialFigure
from inspections.models.unread import UnreadReport
from inspections.models.unsent import UnsentForm
from inspections.models.user import User
from inspections.models.visit import Visit
