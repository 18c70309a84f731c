-- The zone of the device on which an address was made: a calendar program says none of its own, and a check-in's day
-- follows from the day on which the plan was adopted, which is another one elsewhere.
--
-- Null where the device did not say, and for addresses that are older: then it is that of the process.

ALTER TABLE feeds ADD COLUMN zone text;
