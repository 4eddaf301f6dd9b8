"""What every download shares."""

from typing import Any

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula (OWASP ASVS 1.2.10); numbers stay, and so
    does a lone minus, which publishers write for what they do not publish."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS) and value != "-":
        return "'" + value
    return value
