-- Pauses what lies below. There is no other in its layer: that was seen under the lock that claims take.
INSERT INTO pauses (bucket, id, tenant, install_id, since, until_at, on_end, note, paused_by, by_operator)
VALUES (:bucket, :id, :tenant, :install, :since, :until, :on_end, :note, :paused_by, :by_operator);
