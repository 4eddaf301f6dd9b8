"""The admin's pages, one module per part of the record."""

from inspections.admin import imports

__all__ = ["imports"]
