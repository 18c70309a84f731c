"""Everything that touches the world: the log, command handling, live sockets, stored views, identity, routes."""
