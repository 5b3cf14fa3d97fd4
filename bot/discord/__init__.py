"""Discord: messages in and replies out, nothing else."""
