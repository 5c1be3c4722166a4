-- Uses a preview up; answers its id when it was not used up before.
UPDATE previews SET taken_at = :at WHERE bucket = :bucket AND id = :id AND tenant = :tenant AND taken_at IS NULL RETURNING id;
