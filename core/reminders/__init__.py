"""When the coach speaks first: before a session, the evening before an all-out set, when a session was left open or missed,
once a week, and when a rest is over.

Everything is local wall-clock time of the athlete, turned into instants here; nothing reads a clock. Rules, all our own choice:

- **Session**: `lead` before the planned time, as time passes. Without a time in the plan at 8:00 on its day. Silent when the
  session has begun, was moved or left out, or the plan has no weekdays. Good until two hours after the planned time (without one:
  until the day ends).
- **Eve**: at 19:00 of the day before a session that has an all-out set. Good until that session's time (without one: 8:00). None
  where the session itself is told before its day: that says it too.
- **Open**: four hours after the last set of a session that is not done: it is closed. Good for a day. None where the sets were read
  later than that.
- **Missed**: at 9:00 of the day after a planned session that was neither done, moved nor left out: asked once. Good until that day
  ends. After three such days in a row without a word nothing more comes until the athlete writes. Not asked for a week after the
  athlete said that they are ill, or until they train. An all-out set that a missed session hands on has its eve, too.
- **Digest**: once a week at 18:00 of the athlete's day, of the seven days before it and of what was told after the last one on its day.
  Good for a day. None of a week without sets.
- **Rest**: when the rest of the last set is over, where that is asked for. Good for a minute.
- **Quiet hours**: what would come in them comes a minute before they begin (session, eve, digest) or when they end (open, missed,
  and sessions without a time). A rest's end is told at any hour: they are awake. What comes late and finds them quiet waits until
  they end, as long as it is good.
- What comes five minutes late or more says so, whether it was not looked for or could not be sent; what is not good any more
  stays silent, and the next one is right. What says `tomorrow` is good until the day ends.
- **Zones**: a wall time that a clock change leaves out is the first instant after it; one that comes twice is its first.
"""
