-- What begins and ends a school's plans and June Outcomes, by school: their second tag. `events/years.py` folds it.
--
-- Of a few rare types alone, so that no other append pays for it. The statement names the same types.

CREATE INDEX events_years ON events (network, (tags[2]), position)
    WHERE type IN ('outcomes-begun', 'plan-begun', 'plan-closed');
