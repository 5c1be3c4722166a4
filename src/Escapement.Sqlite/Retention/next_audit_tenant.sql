-- The next tenant that has audit entries, in order: one step into the key, however many entries there are.
SELECT min(tenant) FROM audit WHERE tenant > :after;
