"""The set notation: text → sets, problems, questions or silence, and back again."""

from core.notation.parser import Setting, parse
from core.notation.reading import Parsed, Problem, Question, Reading

__all__ = ["Parsed", "Problem", "Question", "Reading", "Setting", "parse"]
