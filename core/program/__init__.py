"""The training system: plans as text, the twelve weeks, and the other ways to train. Pure rules over frozen values."""
