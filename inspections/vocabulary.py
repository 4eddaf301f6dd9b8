"""The field's fixed words: kinds of council, inspection, visit and source, and regions.

Judgement areas, frameworks and grades are not here: they change, so they are rows.
"""

from enum import StrEnum


class Word(StrEnum):
    """A code (kept in the record) with the label a reader sees."""

    label: str

    def __new__(cls, code: str, label: str = "") -> "Word":  # a look-up, Word(code), gives none
        word = str.__new__(cls, code)
        word._value_ = code
        word.label = label
        return word

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs of code and label, for a Django field."""
        return [(word.value, word.label) for word in cls]

    @classmethod
    def label_of(cls, code: str) -> str:
        """The label of a code; an unknown code is shown as it is."""
        return cls(code).label if code in cls._value2member_map_ else code


class CouncilKind(Word):
    UNITARY = "unitary", "Unitary authority"
    METROPOLITAN = "metropolitan_borough", "Metropolitan borough"
    LONDON = "london_borough", "London borough"
    CITY = "city_corporation", "City corporation"
    COUNTY = "county", "County council"


class Region(Word):
    """ONS's nine regions and Ofsted's eight, which join the North East to Yorkshire."""

    EAST_MIDLANDS = "east_midlands", "East Midlands"
    EAST_OF_ENGLAND = "east_of_england", "East of England"
    LONDON = "london", "London"
    NORTH_EAST = "north_east", "North East"
    NORTH_EAST_YORKSHIRE = (
        "north_east_yorkshire_and_the_humber",
        "North East, Yorkshire and the Humber",
    )
    NORTH_WEST = "north_west", "North West"
    SOUTH_EAST = "south_east", "South East"
    SOUTH_WEST = "south_west", "South West"
    WEST_MIDLANDS = "west_midlands", "West Midlands"
    YORKSHIRE = "yorkshire_and_the_humber", "Yorkshire and the Humber"


class InspectionKind(Word):
    STANDARD = "standard", "Standard inspection"
    SHORT = "short", "Short inspection"
    SIF = "sif", "Single framework inspection"
    SIF_REINSPECTION = "sif_reinspection", "Single framework re-inspection"
    SLAC = "slac", "Safeguarding and looked after children inspection"
    CHILD_PROTECTION = "child_protection", "Child protection inspection"
    LOOKED_AFTER = "looked_after", "Looked after children inspection"
    FULL = "full", "Full inspection"


class VisitKind(Word):
    FOCUSED = "focused_visit", "Focused visit"
    MONITORING = "monitoring_visit", "Monitoring visit"
    ASSURANCE = "assurance_visit", "Assurance visit"
    JTAI = "jtai", "Joint targeted area inspection"


class VisitTopic(Word):
    """What a visit looked at; the focused visits' topics of the ILACS framework."""

    FRONT_DOOR = "front_door", "Front door"
    IN_NEED = "children_in_need_or_protection_plan", "Children in need or subject to a plan"
    ADOLESCENTS = "vulnerable_adolescents", "Vulnerable adolescents"
    IN_CARE = "children_in_care", "Children in care"
    PERMANENCE = "permanence", "Achieving permanence"
    CARE_LEAVERS = "care_leavers", "Care leavers"
    ASSURANCE = "assurance", "Assurance visit"
    OTHER = "other", "Other"


class NewsKind(Word):
    """What people can be told of by mail."""

    INSPECTION = "inspection", "Inspections with grades"
    FOCUSED = "focused_visit", "Focused visits"
    MONITORING = "monitoring_visit", "Monitoring visits"
    OTHER_VISIT = "other_visit", "Other visits"
    CORRECTION = "correction", "Corrections and withdrawals"


class PointKind(Word):
    """What a report or letter calls the thing that it asks for."""

    IMPROVEMENT = "improvement_point", "Improvement point"
    PRIORITY = "priority_action", "Area for priority action"


class ThemeBasis(Word):
    """Who sorted a point under its themes."""

    RULE = "rule", "By the words it uses"
    PERSON = "person", "By a person"
    UNSURE = "unsure", "By the words it uses, which leave it open: for a person to decide"


class DatePrecision(Word):
    DAY = "day", "Day"
    MONTH = "month", "Month only"
    UNKNOWN = "unknown", "Not known"


class Status(Word):
    """Public questions see published facts only."""

    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Checked(Word):
    """What an inspection in the shipped record was compared with."""

    BOTH = "both", "Ofsted's workbook and report compared"
    WORKBOOK = "workbook", "Ofsted's workbook only"
    REPORT = "report", "Ofsted's report only"
    ENTERED = "entered", "Entered by a person"
    MACHINE = "machine", "Read by machine, not yet confirmed"


class Confidence(Word):
    OFFICIAL = "official", "In Ofsted's list"
    LETTER = "letter", "From an Ofsted letter or report"
    PRESS = "press", "From a council or newspaper"
    MACHINE = "machine", "Read by machine, not yet confirmed"


class SourceKind(Word):
    WORKBOOK = "workbook", "Ofsted workbook"
    REPORT = "report", "Ofsted report"
    LETTER = "letter", "Ofsted letter"
    LISTING = "listing", "Ofsted listing"
    WEB = "web", "Web page"
    PERSON = "person", "Entered by a person"
    REGISTER = "register", "Official register"
    STATISTICS = "statistics", "Official statistics"


class AliasScheme(Word):
    """What kind of other name or former code leads to a council."""

    NAME = "name", "Name"
    ONS_CODE = "ons_code", "Former ONS code"
    DFE_CODE = "dfe_code", "Former DfE code"
    OFSTED_URN = "ofsted_urn", "Former Ofsted number"
    SLUG = "slug", "Former address"
    DISTRICT = "district", "District within it"
    TRUST = "trust", "Trust that runs or ran its services"


class Continuation(Word):
    """How an area of an earlier framework lives on in a later one."""

    SAME = "same", "Continues"
    RENAMED = "renamed", "Continues under another name"
    SPLIT = "split", "Split"
    MERGED = "merged", "Merged"
    ENDED = "ended", "Ended"


class StatedPrecision(Word):
    """How exactly the day of a statement is known."""

    DAY = "day", "Day"
    MONTH = "month", "Month only"
    YEAR = "year", "Year only"


class OwnerRole(Word):
    """Who answers for an action of a council's plan: a role, never a person."""

    DIRECTOR = "director", "Director of children's services"
    ASSISTANT = "assistant_director", "Assistant director"
    HEAD = "head_of_service", "Head of service"
    MANAGER = "service_manager", "Service or team manager"
    PRINCIPAL = "principal_social_worker", "Principal social worker"
    VIRTUAL_SCHOOL = "virtual_school_head", "Head of the virtual school"
    QUALITY = "quality_assurance_lead", "Lead for quality assurance"
    WORKFORCE = "workforce_lead", "Lead for workforce"
    COMMISSIONING = "commissioning_lead", "Lead for commissioning"
    HOUSING = "housing_lead", "Lead for housing"
    PARTNER = "partner", "A partner: police, health or another"
    CHIEF = "chief_executive", "Chief executive"
    MEMBERS = "lead_member", "Lead member"


class ActionState(Word):
    """How far an action of a council's plan is, as the council says."""

    NOT_BEGUN = "not_begun", "Not begun"
    UNDER_WAY = "under_way", "Under way"
    DONE = "done", "Done"
    STOPPED = "stopped", "Stopped"


class InterventionKind(Word):
    """A step of the Department for Education's in a council's children's services."""

    NOTICE = "improvement_notice", "Improvement notice"
    DIRECTION = "direction", "Direction"
    COMMISSIONER = "commissioner", "Commissioner appointed"
    ADVISER = "adviser", "Improvement adviser appointed"
    TRUST = "trust", "Services given to a trust"
    END = "end", "End of a notice or direction"


class StatementKind(Word):
    """What kind of thing somebody said about a council's services."""

    EXPECTATION = "stated_expectation", "Expectation"
    ACTION_PLAN = "action_plan", "Action plan"
    JUDGEMENT = "judgement", "Judgement"
    FINDING = "finding", "Finding"
    STRENGTH = "strength", "Strength"
    WORKFORCE = "workforce_metric", "Workforce figure"
    RESPONSE = "response", "Response"
    MEETING = "meeting", "Meeting"
    CONTEXT = "context", "Context"


class ExpectedEvent(Word):
    """What an expectation with a time was about, where the record can say what came."""

    FULL_INSPECTION = "full_inspection", "Next full inspection"
    GOOD = "good_or_better", "Good or better"
    FIRST_VISIT = "first_visit", "First monitoring visit"
    ACTION_PLAN = "action_plan", "Action plan"


class FigureMeasure(Word):
    """The questions that official figures answer."""

    HELD = "held", "Councils by the grade they hold"
    FIRST_ROUND = "first_round", "Councils by the grade of their first inspection"
    MOVED = "moved", "Councils by how they moved from first to latest"
    BEGUN = "begun", "Full inspections begun"
    IN_YEAR = "in_year", "Inspections and visits in a release year"
    LETTERS = "letters", "Letters of visits published by a day"


class Movement(Word):
    """Ofsted's summary of how councils moved from their first to their latest grade."""

    ALL = "all", "More than one inspection"
    IMPROVED = "improved", "Improved"
    KEPT_GOOD = "kept_good", "Kept good or better"
    DECLINED = "declined", "Declined"
    KEPT_OTHER = "kept_other", "Kept a grade below good"


class FigureReading(Word):
    """Which clock a figure was read by; see rules/position.py."""

    OFSTED = "ofsted", "Ofsted's own rule"
    PUBLISHED = "published", "Published by the day"


class RegionScheme(Word):
    OFSTED = "ofsted", "Ofsted's eight regions"
    ONS = "ons", "ONS's nine regions"


class FigureUnit(Word):
    COUNT = "count", "Number"
    PERCENT = "percent", "Percent, rounded to whole"
    PERCENT_1 = "percent_1", "Percent, rounded to one decimal"


class FigureOrigin(Word):
    """Who gave the figure; only Ofsted's own are called official on the pages."""

    OFSTED_TEXT = "ofsted_text", "Published by Ofsted"
    OFSTED_WORKBOOK = "ofsted_workbook", "Counted in Ofsted's workbook"
    PRESS = "press", "Quoted or counted by others"


class MeasureGroup(Word):
    """What a figure about children's services is about."""

    WORKFORCE = "workforce", "Social workers"
    CARE = "care", "Children in care"
    LEAVERS = "leavers", "Care leavers"
    HELP = "help", "Referrals, assessments and plans"
    MONEY = "money", "Spending"
    AREA = "area", "The area"


class PeriodKind(Word):
    """What the year of a figure stands for; the label begins `on 31 March 2025`."""

    MARCH = "31_march", "on 31 March"
    YEAR = "year_to_31_march", "in the year to 31 March"
    FINANCIAL = "financial_year", "in the financial year"
    SEPTEMBER = "30_september", "on 30 September"
    INDEX = "index", "in the index of"


class FigureSymbol(Word):
    """Why there is no figure; the symbols that the publishers themselves print."""

    NOT_PUBLISHED = "-", "not published"
    HIDDEN = "c", "held back to protect confidentiality"
    LOW = "k", "more than nothing, rounds to 0"
    UNRELIABLE = "u", "too unreliable to publish"
    UNAVAILABLE = "x", "not available"
    NOT_APPLICABLE = "z", "not applicable"


class Place(Word):
    """England and its regions, of which figures are published beside those of councils."""

    ENGLAND = "england", "England"
    EAST_MIDLANDS = "east_midlands", "East Midlands"
    EAST_OF_ENGLAND = "east_of_england", "East of England"
    LONDON = "london", "London"
    INNER_LONDON = "inner_london", "Inner London"
    OUTER_LONDON = "outer_london", "Outer London"
    NORTH_EAST = "north_east", "North East"
    NORTH_WEST = "north_west", "North West"
    SOUTH_EAST = "south_east", "South East"
    SOUTH_WEST = "south_west", "South West"
    WEST_MIDLANDS = "west_midlands", "West Midlands"
    YORKSHIRE = "yorkshire_and_the_humber", "Yorkshire and the Humber"


class CorrectedKind(Word):
    """What kind of fact a correction was of."""

    COUNCIL = "council", "Council"
    INSPECTION = "inspection", "Inspection"
    VISIT = "visit", "Visit"
    JUDGEMENT = "judgement", "Judgement"
    STATEMENT = "statement", "Statement"
    SCALE = "grade_scale", "Scale of grades"
    GRADE = "grade", "Grade"
    LANE = "lane", "Area on the charts"
    FRAMEWORK = "framework", "Framework"
    AREA = "area", "Judged area"
    CONTINUATION = "continuation", "How an area lives on"
    ALIAS = "alias", "Other name or former code"
    NEIGHBOUR = "neighbour", "Statistical neighbour"
    SOURCE = "source", "Source"
    CITATION = "citation", "Cited source"
    FIGURE = "official_figure", "Official figure"
    COUNTED_LATE = "counted_late", "Inspection counted late"
    PAUSE = "pause", "Pause of inspections"
    POLLING_DAY = "polling_day", "Polling day"
    COVERAGE = "coverage", "Coverage of the record"
    UNREAD = "unread_report", "Report not read yet"
    THEME = "theme", "Theme"
    POINT = "improvement_point", "Improvement point"
    MEASURE = "measure", "Measure"
    MEASURE_YEAR = "measure_year", "Year of a measure"
    SERIES = "measure_series", "Figures of a measure"
    INTERVENTION = "intervention", "Intervention"
    COMMENT = "comment", "Comment of the council"


class CoverageKind(Word):
    """The kinds of fact of which the record is complete to a day of their own."""

    INSPECTIONS = "full_inspections", "Full inspections"
    FOCUSED = "focused_visit", "Focused visits"
    MONITORING = "monitoring_visit", "Monitoring visits"
    ASSURANCE = "assurance_visit", "Assurance visits"
    JTAI = "jtai", "Joint targeted area inspections"


class BacktestQuestion(Word):
    """The sets of past predictions on which the windows are tested."""

    PUBLISHED = "published", "On the day each report was published, since inspection restarted"
    WAITING = "waiting", "On 1 January and 1 July for each council then waiting"
    BEFORE = "before", "On the day each report was published, before the pause"


class BacktestMethod(Word):
    OURS = "ours", "Our windows"
    HINDSIGHT = "hindsight", "Our windows, the pause put in afterwards"
    SECTOR = "sector", "The sector's rule: 30 to 42 months"
    PLAIN = "plain", "10th to 90th percentile of all intervals"
