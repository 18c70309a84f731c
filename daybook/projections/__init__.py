"""Pure folds from recorded events to views: what a page, a live frame, a replay and an audit line show.

A projection never asks who is looking. Who may see an entry is a property of the entry.
"""
