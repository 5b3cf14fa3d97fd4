"""`make demo`: a chat group in the browser, with the coach in it by its real Telegram adapter and without a token.

A loopback Bot API server stands between the page and the adapter; the coach's log is a file that goes when the demo ends.
"""
