"""The engine: what was lifted, how hard it was, what comes next. No chat platform, no clock, no network."""
