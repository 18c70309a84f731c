"""The domain, pure: events, commands and the rules between them; one module per stream.

Nothing here reads a clock, draws a random number or touches the world. Time, ids and the
actor arrive as arguments, so a rule decides the same way today and in a replay ten years on.
"""
