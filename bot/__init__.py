"""The doors: terminal and chat platforms, commands, words."""
