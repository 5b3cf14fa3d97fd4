"""Effort and marks: what is said about sets besides load and reps."""

from core.notation.marks.table import marked

__all__ = ["marked"]
