"""Discord: messages, commands and presses in, replies out, nothing else."""
