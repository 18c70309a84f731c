"""Templates, static files and translations; no rules. Read by the server alone."""
