"""The set notation: text → sets, problems, questions or silence, and back again."""

from core.notation.message import parse
from core.notation.reading import Parsed, Problem, Question, Reading
from core.notation.setting import Setting

__all__ = ["Parsed", "Problem", "Question", "Reading", "Setting", "parse"]
