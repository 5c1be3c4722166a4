-- Ends the definition of a schedule that is in force.
UPDATE schedule_definitions SET until_at = :now WHERE bucket = :bucket AND schedule_id = :id AND until_at IS NULL;
