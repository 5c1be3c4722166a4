-- Notes when an install last used a capability, unless another node noted as late a time, or it is gone meanwhile.
INSERT INTO capability_uses (bucket, install_id, capability, tenant, last_used_at)
SELECT i.bucket, i.id, :capability, i.tenant, :at FROM installs i WHERE i.bucket = :bucket AND i.id = :install AND i.tenant = :tenant
ON CONFLICT (bucket, install_id, capability) DO UPDATE SET last_used_at = EXCLUDED.last_used_at
WHERE capability_uses.last_used_at < EXCLUDED.last_used_at;
