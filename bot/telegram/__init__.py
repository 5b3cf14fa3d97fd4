"""Telegram: messages in and replies out, nothing else."""
