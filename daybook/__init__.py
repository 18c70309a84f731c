"""A daybook for schools: every review, plan and outcome is one log of events, and each screen is a fold over it.

Imports point one way, from `server` to `projections` to `events`. `web` and `rubrics` hold no rules: they are read by
`server` alone.
"""

__version__ = "0.1.0"
