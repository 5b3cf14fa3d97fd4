"""How well Spotter and the named rules would have called a log's sets: rolling origin, only the past is used."""

from core.backtest.protocol import Log, logs
from core.backtest.replay import Clock, replay
from core.backtest.scores import FIRST_SESSIONS, TASKS, LifterScores, as_data

__all__ = ["FIRST_SESSIONS", "TASKS", "Clock", "LifterScores", "Log", "as_data", "logs", "replay"]
