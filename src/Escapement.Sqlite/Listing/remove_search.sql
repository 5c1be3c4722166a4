-- Takes a schedule out of the index of searches.
DELETE FROM schedule_search WHERE rowid = :number;
