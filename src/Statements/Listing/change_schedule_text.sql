-- Changes by what a schedule is found.
UPDATE schedule_texts SET label = :label, content = :content, endpoint = :endpoint WHERE bucket = :bucket AND id = :id;
