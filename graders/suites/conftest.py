"""Refuse pytest by itself: it would run what lies beside a submission that it is given."""

import sys

print("gradmark: python grade.py pytest SUBMISSION runs the suites", file=sys.stderr)
raise SystemExit(2)
