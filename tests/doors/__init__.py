"""One conversation through every door: the terminal, Telegram, Discord. What is said and stored must be the same."""
