"""Loopback servers that stand in for the chat platforms, and the tests of those servers themselves."""
