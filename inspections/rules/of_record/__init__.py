"""The rules of the field that a whole record is held to, each a pure function over rows.

A rule says what it rests on: the law, Ofsted's own text, the record's own order, or a
regularity measured on past inspections. A measured one describes what has happened; a
finding of it may be the first of its kind, and is then excepted with its source.
"""

from inspections.rules.of_record import days, grades, wholeness
from inspections.rules.of_record.rule import RecordRule, Rows, RuleBasis, RuleBreach

__all__ = ["RULES", "RecordRule", "Rows", "RuleBasis", "RuleBreach"]

RULES: tuple[RecordRule, ...] = (*grades.RULES, *days.RULES, *wholeness.RULES)
