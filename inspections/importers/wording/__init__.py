"""Untidy text → values. Pure, without files or database; what does not fit gives ``None``."""
