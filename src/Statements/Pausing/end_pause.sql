-- Ends a pause. Claims let go what it held, and take it away then.
UPDATE pauses SET ended_at = :now, on_end = :on_end, shown_at = :shown_at WHERE bucket = :bucket AND id = :id;
