-- That a node was drained, or let take work again.
UPDATE nodes SET drained_at = :drained_at, drained_by = :drained_by, drain_note = :drain_note, drain_ended_at = :drain_ended_at
WHERE bucket = :bucket AND id = :id;
