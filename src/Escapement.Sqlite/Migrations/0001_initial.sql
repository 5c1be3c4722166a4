-- The first schema. Ids are 16 bytes, big-endian, so that they sort by time; instants are unix milliseconds, UTC;
-- enums are their numbers. Tables that are reached by id have no row id: one lookup instead of two. A tenant's rows carry a bucket
-- as they do on PostgreSQL, so that both stores have the same statements; here there is one, and no key or index needs it.

CREATE TABLE buckets (bucket INTEGER NOT NULL PRIMARY KEY) STRICT;
INSERT INTO buckets (bucket) VALUES (0);

-- The manifest, which can be large, is the last column: everything else lies before it.
CREATE TABLE versions (
  id               BLOB    NOT NULL PRIMARY KEY,
  extension_id     TEXT    NOT NULL,
  version          TEXT    NOT NULL,
  publisher        TEXT    NOT NULL,
  runtime          TEXT    NOT NULL,
  capabilities     TEXT    NOT NULL, -- JSON array; read as a whole, never searched
  bundle_sha256    TEXT    NOT NULL,
  component_sha256 TEXT    NOT NULL,
  component_bytes  INTEGER NOT NULL,
  published_by     TEXT    NOT NULL,
  published_at     INTEGER NOT NULL,
  withdrawn_at     INTEGER, -- the bundle is gone, and the number is taken for good
  kept_bytes       INTEGER NOT NULL, -- of manifest and bundle; once it is withdrawn, of the manifest
  manifest         TEXT    NOT NULL, -- the document as it was published
  UNIQUE (extension_id, version)
) STRICT, WITHOUT ROWID;

CREATE INDEX versions_kept ON versions (published_by, kept_bytes);
CREATE INDEX versions_waiting ON versions (published_by, withdrawn_at, component_sha256);
CREATE INDEX versions_by_component ON versions (component_sha256, withdrawn_at);

CREATE TABLE endpoints (
  version_id  BLOB    NOT NULL REFERENCES versions (id),
  path        TEXT    NOT NULL,
  method      TEXT    NOT NULL,
  id          BLOB    NOT NULL,
  handler     TEXT    NOT NULL,
  schedulable INTEGER NOT NULL,
  PRIMARY KEY (version_id, path, method)
) STRICT, WITHOUT ROWID;

-- Apart from versions, so that listing versions never drags megabytes of bundles along.
CREATE TABLE bundles (
  version_id BLOB NOT NULL PRIMARY KEY REFERENCES versions (id),
  content    BLOB NOT NULL
) STRICT;

-- How far each component is, for each engine with its settings. None for one that nobody has begun with. A row outlives its version:
-- what was refused once is not tried again.
CREATE TABLE compilations (
  component_sha256 TEXT    NOT NULL,
  engine           TEXT    NOT NULL,
  state            INTEGER NOT NULL,
  reason           TEXT,    -- why it was refused
  retry_at         INTEGER, -- when a refusal ends that may be no fault of the component's
  lease_token      BLOB,    -- set while it is compiled
  lease_until      INTEGER, -- set while it is compiled
  attempts         INTEGER NOT NULL,
  started_at       INTEGER NOT NULL,
  finished_at      INTEGER,
  PRIMARY KEY (component_sha256, engine)
) STRICT, WITHOUT ROWID;

-- Secrets of the installation, made at random when they are first needed.
CREATE TABLE keys (
  name       TEXT    NOT NULL PRIMARY KEY,
  content    BLOB    NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE installs (
  bucket              INTEGER NOT NULL DEFAULT 0,
  id                  BLOB    NOT NULL PRIMARY KEY,
  tenant              TEXT    NOT NULL,
  extension_id        TEXT    NOT NULL,
  version_id          BLOB    NOT NULL REFERENCES versions (id),
  previous_version_id BLOB    REFERENCES versions (id), -- null until there is an upgrade
  enabled             INTEGER NOT NULL,
  granted             TEXT    NOT NULL, -- JSON array; read as a whole, never searched
  previous_granted    TEXT,             -- likewise; what was granted to the version before
  rate_level          REAL,             -- tokens left in the bucket of schedule changes; null until the first change
  rate_at             INTEGER,
  created_at          INTEGER NOT NULL,
  updated_at          INTEGER NOT NULL,
  UNIQUE (tenant, extension_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX installs_by_extension ON installs (extension_id, tenant);

-- The payload is the last column: everything that the claim reads lies before it.
CREATE TABLE schedules (
  bucket          INTEGER NOT NULL DEFAULT 0,
  id              BLOB    NOT NULL PRIMARY KEY,
  tenant          TEXT    NOT NULL,
  install_id      BLOB    NOT NULL REFERENCES installs (id),
  next_due_at     INTEGER, -- null while the schedule or its install is disabled, or when no date is left
  next_start_at   INTEGER, -- when claims take it: the due time, and its place in the window of its spread behind it
  last_due_at     INTEGER,
  active_run_id   BLOB,    -- the open run; no foreign key, the ledger is written on the hot path
  enabled         INTEGER NOT NULL,
  last_run_at     INTEGER,
  last_run_status INTEGER,
  last_error      TEXT,
  cron            TEXT    NOT NULL,
  time_zone       TEXT    NOT NULL,
  method          TEXT    NOT NULL,
  path            TEXT    NOT NULL,
  name            TEXT,
  policy          TEXT,    -- JSON; null for the default
  waiting         TEXT,    -- JSON: occurrences that wait for their turn; null for none
  failures        INTEGER NOT NULL DEFAULT 0, -- runs in a row that the extension failed
  pause           TEXT,    -- JSON: its own pause; null when it has none
  pause_cause     INTEGER, -- of that
  held            TEXT,    -- JSON: the pause that it was found held by when it came due; null when it is not put aside
  skips           TEXT,    -- JSON: occurrences that are not to run; null for none
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL,
  revision        INTEGER NOT NULL,
  payload_revision INTEGER NOT NULL DEFAULT 1, -- the revision that brought the payload
  payload_used    INTEGER NOT NULL DEFAULT 0,  -- whether a run may have had it
  payload         TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX schedules_due ON schedules (next_start_at) WHERE next_start_at IS NOT NULL;
-- The same by tenant: with a backlog, claims go round the tenants and do not read through what another has due.
CREATE INDEX schedules_due_by_tenant ON schedules (tenant, next_start_at) WHERE next_start_at IS NOT NULL;
-- What is put aside, for when a pause ends: first what nothing but that makes due.
CREATE INDEX schedules_held ON schedules (next_start_at, tenant, install_id) WHERE held IS NOT NULL;
-- What waits for a run to end: the end of each asks.
CREATE INDEX schedules_waiting ON schedules (id) WHERE waiting IS NOT NULL;

-- For lists: what has no start, what has a pause of its own, and whose last runs failed. Firing changes none, as long as all goes well.
CREATE INDEX schedules_resting ON schedules (tenant, id) WHERE next_start_at IS NULL;
CREATE INDEX schedules_paused ON schedules (tenant, id) WHERE pause IS NOT NULL;
CREATE INDEX schedules_failing ON schedules (tenant, id) WHERE failures > 0;

-- Nulls differ from one another, so nameless schedules do not collide; the same index lists and counts an install's schedules, which
-- it does without a look at them, because it holds the bucket too.
CREATE UNIQUE INDEX schedules_name ON schedules (install_id, name, bucket);

-- Schedules as lists over installs show them: without payloads, which can be large, and with the extension. The columns are in the order in
-- which StoredSchedule reads them, and what is more comes after.
CREATE VIEW listed_schedules AS
SELECT s.id, s.tenant, s.install_id, s.name, s.method, s.path, s.cron, s.time_zone, s.enabled, NULL AS payload, s.policy, s.next_due_at, s.last_due_at,
       s.active_run_id, s.last_run_at, s.last_run_status, s.last_error, s.created_at, s.updated_at, s.revision, s.waiting, s.failures, s.pause, s.held,
       s.skips, s.payload_revision, s.payload_used, i.extension_id, s.next_start_at, s.bucket
FROM schedules s
CROSS JOIN installs i
WHERE i.id = s.install_id;

-- By what schedules are found and sorted when somebody goes by their names: written when one is changed, and never when it fires.
CREATE TABLE schedule_texts (
  bucket   INTEGER NOT NULL DEFAULT 0,
  id       BLOB    NOT NULL PRIMARY KEY,
  tenant   TEXT    NOT NULL,
  label    TEXT    NOT NULL, -- the name, or the endpoint where there is none; in small letters
  content  TEXT    NOT NULL, -- name and endpoint, in small letters
  endpoint TEXT    NOT NULL  -- as it is
) STRICT, WITHOUT ROWID;

CREATE INDEX schedule_texts_by_tenant ON schedule_texts (tenant, id);
CREATE INDEX schedule_texts_label_of_tenant ON schedule_texts (tenant, label, id);
CREATE INDEX schedule_texts_label ON schedule_texts (label, id);
CREATE INDEX schedule_texts_endpoint ON schedule_texts (endpoint, tenant, id);

-- The index of searches: pieces of three letters. A row's number is made of its schedule's id, because numbers that SQLite gives may change.
CREATE VIRTUAL TABLE schedule_search USING fts5 (id UNINDEXED, scope, content, tokenize = 'trigram');

-- When an install last used what it was granted, to the hour. It goes with the install once that is gone for good.
CREATE TABLE capability_uses (
  bucket       INTEGER NOT NULL DEFAULT 0,
  install_id   BLOB    NOT NULL,
  capability   TEXT    NOT NULL,
  tenant       TEXT    NOT NULL,
  last_used_at INTEGER NOT NULL,
  PRIMARY KEY (bucket, install_id, capability)
) STRICT, WITHOUT ROWID;

-- Pauses above the schedules: of an install, of a tenant, and of the host. One that has ended stays until claims have let go what it held.
CREATE TABLE pauses (
  bucket      INTEGER NOT NULL DEFAULT 0,
  id          BLOB    NOT NULL PRIMARY KEY,
  tenant      TEXT    NOT NULL, -- '' for the host's
  install_id  BLOB,    -- null for all of the tenant's
  since       INTEGER NOT NULL,
  until_at    INTEGER, -- null for one that somebody has to end
  on_end      INTEGER NOT NULL,
  note        TEXT    NOT NULL,
  paused_by   TEXT    NOT NULL,
  by_operator INTEGER NOT NULL,
  ended_at    INTEGER, -- when somebody ended it
  shown_at    INTEGER  -- when they were shown what that would do: what came due since does not run
) STRICT, WITHOUT ROWID;

CREATE INDEX pauses_of ON pauses (tenant, install_id, since);

-- What was uninstalled or deleted, for as long as it can be brought back: apart from what lives, so that names and quotas are free. It
-- refers to nothing; a version may be withdrawn meanwhile.
CREATE TABLE removed_installs (
  bucket              INTEGER NOT NULL DEFAULT 0,
  id                  BLOB    NOT NULL PRIMARY KEY,
  tenant              TEXT    NOT NULL,
  extension_id        TEXT    NOT NULL,
  version_id          BLOB    NOT NULL,
  previous_version_id BLOB,
  enabled             INTEGER NOT NULL,
  granted             TEXT    NOT NULL,
  previous_granted    TEXT,
  created_at          INTEGER NOT NULL,
  updated_at          INTEGER NOT NULL,
  removed_at          INTEGER NOT NULL,
  removed_by          TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX removed_installs_by_tenant ON removed_installs (tenant, removed_at);
CREATE INDEX removed_installs_by_age ON removed_installs (removed_at);

CREATE TABLE removed_schedules (
  bucket          INTEGER NOT NULL DEFAULT 0,
  id              BLOB    NOT NULL PRIMARY KEY,
  tenant          TEXT    NOT NULL,
  install_id      BLOB    NOT NULL,
  last_due_at     INTEGER,
  enabled         INTEGER NOT NULL,
  last_run_at     INTEGER,
  last_run_status INTEGER,
  last_error      TEXT,
  cron            TEXT    NOT NULL,
  time_zone       TEXT    NOT NULL,
  method          TEXT    NOT NULL,
  path            TEXT    NOT NULL,
  name            TEXT,
  policy          TEXT,
  failures        INTEGER NOT NULL,
  pause           TEXT,
  pause_cause     INTEGER,
  skips           TEXT,
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL,
  revision        INTEGER NOT NULL,
  payload_revision INTEGER NOT NULL,
  payload_used    INTEGER NOT NULL,
  payload         TEXT,
  removed_at      INTEGER NOT NULL,
  removed_by      TEXT    NOT NULL,
  by_extension    INTEGER NOT NULL, -- whether its own extension deleted it, of which the last few are kept
  with_install    INTEGER NOT NULL -- whether it went with its install and comes back with it
) STRICT, WITHOUT ROWID;

CREATE INDEX removed_schedules_by_install ON removed_schedules (install_id, with_install, removed_at, id);
CREATE INDEX removed_schedules_by_extension ON removed_schedules (install_id, removed_at, id) WHERE by_extension;
CREATE INDEX removed_schedules_by_age ON removed_schedules (removed_at);

-- When schedules were due, as they were: written when that changes, never when one fires. Like the ledger it refers to nothing.
CREATE TABLE schedule_definitions (
  bucket      INTEGER NOT NULL DEFAULT 0,
  schedule_id BLOB    NOT NULL,
  number      INTEGER NOT NULL, -- of this schedule's
  tenant      TEXT    NOT NULL,
  install_id  BLOB    NOT NULL,
  cron        TEXT    NOT NULL,
  time_zone   TEXT    NOT NULL,
  state       INTEGER NOT NULL, -- whether it was due, and why not
  since       INTEGER NOT NULL,
  until_at    INTEGER, -- null for the one in force
  changed_by  TEXT    NOT NULL,
  spread      INTEGER NOT NULL, -- in seconds; counts only of what was due
  PRIMARY KEY (schedule_id, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX schedule_definitions_by_age ON schedule_definitions (until_at) WHERE until_at IS NOT NULL;

-- The ledger outlives schedules and installs, so it refers to neither.
CREATE TABLE runs (
  bucket           INTEGER NOT NULL DEFAULT 0,
  id               BLOB    NOT NULL PRIMARY KEY,
  tenant           TEXT    NOT NULL,
  install_id       BLOB    NOT NULL,
  schedule_id      BLOB    NOT NULL,
  due_at           INTEGER NOT NULL,
  trigger_kind     INTEGER NOT NULL,
  state            INTEGER NOT NULL,
  reason           INTEGER NOT NULL,
  attempt          INTEGER NOT NULL,
  lost_attempts    INTEGER NOT NULL DEFAULT 0,
  stopped_attempts INTEGER NOT NULL DEFAULT 0, -- given back by nodes that were stopped
  available_at     INTEGER, -- set while queued
  lease_token      BLOB,    -- set while running
  lease_until      INTEGER, -- set while running
  created_at       INTEGER NOT NULL,
  started_at       INTEGER,
  finished_at      INTEGER,
  version_id       BLOB,    -- what the last attempt ran; no foreign key, the ledger is written on the hot path
  status_code      INTEGER,
  missed_count     INTEGER,
  missed_from      INTEGER,
  missed_to        INTEGER,
  node             TEXT,
  asked            TEXT,    -- JSON: who asked for it or said that it is not to start, why, and what it repeats; null for nobody
  error            TEXT,
  pause            TEXT,    -- JSON: the pause that kept it from starting; null where none did
  payload_revision INTEGER, -- which payload the last attempt had, or a run that repeats another is to have
  earlier_attempts TEXT,    -- JSON array; null when there were none
  evidence         TEXT     -- JSON; null when nothing was kept
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX runs_occurrence ON runs (schedule_id, due_at, trigger_kind);
CREATE INDEX runs_by_tenant ON runs (tenant, due_at, id);
-- The same of what did not succeed, which is what somebody who looks for something looks for.
CREATE INDEX runs_unsuccessful ON runs (tenant, due_at, id) WHERE state > 2;
-- What was skipped, missed or given up; both over all tenants; and what makes up for something, by the occurrence that it is of. Firing writes none of
-- these as long as all goes well.
CREATE INDEX runs_not_run ON runs (tenant, due_at, id) WHERE state > 3;
CREATE INDEX runs_unsuccessful_of_all ON runs (id) WHERE state >= 3;
CREATE INDEX runs_not_run_of_all ON runs (due_at, id) WHERE state >= 4;
CREATE INDEX runs_making_up ON runs (tenant, due_at) WHERE trigger_kind IN (2, 3);
CREATE INDEX runs_repeats ON runs (schedule_id, substr(asked, length(asked) - 13, 13), due_at) WHERE trigger_kind IN (2, 3);
-- Rows that stand for several occurrences, by the last of them.
CREATE INDEX runs_ranges ON runs (tenant, missed_to) WHERE missed_count > 1;
CREATE INDEX runs_queued ON runs (available_at) WHERE state = 0;
CREATE INDEX runs_queued_by_tenant ON runs (tenant, available_at) WHERE state = 0;
-- Holds only what is under way: counting per install and tenant, and finding leases that ran out, read nothing else.
CREATE INDEX runs_running ON runs (install_id, tenant, lease_until) WHERE state = 1;

-- Payloads that runs had, and that changes of their schedules have replaced since: so that those runs can be repeated as they were.
CREATE TABLE past_payloads (
  bucket      INTEGER NOT NULL DEFAULT 0,
  schedule_id BLOB    NOT NULL,
  revision    INTEGER NOT NULL, -- of the schedule, that brought it
  tenant      TEXT    NOT NULL,
  replaced_at INTEGER NOT NULL, -- or when a run was asked for last that is to have it
  payload     TEXT,
  PRIMARY KEY (schedule_id, revision)
) STRICT, WITHOUT ROWID;

CREATE INDEX past_payloads_by_age ON past_payloads (replaced_at);

-- The name by which statements ask for runs of any state: PostgreSQL keeps open ones in tables of their own.
CREATE VIEW all_runs AS SELECT * FROM runs;

-- Gateway calls that failed, the last few of each install. Like the ledger it refers to nothing.
CREATE TABLE calls (
  bucket      INTEGER NOT NULL DEFAULT 0,
  id          BLOB    NOT NULL PRIMARY KEY,
  install_id  BLOB    NOT NULL,
  at          INTEGER NOT NULL,
  tenant      TEXT    NOT NULL,
  version_id  BLOB    NOT NULL,
  method      TEXT    NOT NULL,
  path        TEXT    NOT NULL,
  status      INTEGER,
  reason      INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL,
  error       TEXT,
  evidence    TEXT     -- JSON; null when nothing was kept
) STRICT, WITHOUT ROWID;

CREATE INDEX calls_by_install ON calls (install_id, id);

-- The tenant is '' for what concerns the registry or the node: a key holds no null.
CREATE TABLE audit (
  bucket     INTEGER NOT NULL DEFAULT 0,
  tenant     TEXT    NOT NULL,
  id         BLOB    NOT NULL,
  at         INTEGER NOT NULL,
  install_id BLOB,
  actor_kind INTEGER NOT NULL,
  actor_id   TEXT    NOT NULL,
  action     TEXT    NOT NULL,
  target     TEXT,
  outcome    INTEGER NOT NULL,
  count      INTEGER NOT NULL, -- how many refusals of one kind it stands for; else 1
  detail     TEXT,
  changes    TEXT,             -- JSON array: the fields before and after; null for none
  undoes     BLOB,             -- the entry whose change it took back
  PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX audit_by_install ON audit (install_id, id) WHERE install_id IS NOT NULL;
CREATE INDEX audit_by_target ON audit (target, id) WHERE target IS NOT NULL;
CREATE INDEX audit_not_done ON audit ((tenant || ''), id) WHERE outcome > 0;
-- Over all tenants.
CREATE INDEX audit_by_id ON audit (id);
-- Pauses and versions by what they are of, for whoever asks why something ran or did not.
CREATE INDEX audit_marks ON audit (tenant, coalesce(target, ''), at)
WHERE outcome = 0 AND action IN ('schedule.pause', 'schedule.resume', 'install.pause', 'install.resume', 'tenant.pause', 'tenant.resume',
                                 'host.pause', 'host.resume', 'install.upgrade', 'install.rollback');

-- Large values that audit entries name by hash: kept for a week behind the last change that had them, and of an install only the last. The value is
-- the last column: what trims and expires reads what lies before it, or an index.
CREATE TABLE audit_values (
  bucket       INTEGER NOT NULL DEFAULT 0,
  tenant       TEXT    NOT NULL,
  install_id   BLOB    NOT NULL,
  sha256       TEXT    NOT NULL,
  kept_at      INTEGER NOT NULL,
  by_extension INTEGER NOT NULL, -- no other's change had it
  content      TEXT    NOT NULL,
  PRIMARY KEY (bucket, install_id, sha256)
) STRICT;

CREATE INDEX audit_values_last ON audit_values (bucket, install_id, by_extension, kept_at, sha256);
CREATE INDEX audit_values_kept ON audit_values (bucket, kept_at);

-- Changes of many schedules, and how far they are; a tenant has one that goes on.
CREATE TABLE bulk_changes (
  bucket      INTEGER NOT NULL DEFAULT 0,
  id          BLOB    NOT NULL,
  tenant      TEXT    NOT NULL,
  action      TEXT    NOT NULL, -- JSON; read as a whole, never searched
  undoes      BLOB,
  actor_kind  INTEGER NOT NULL,
  actor_id    TEXT    NOT NULL,
  by_operator INTEGER NOT NULL,
  state       INTEGER NOT NULL, -- 0 goes on, 1 done, 2 cancelled
  total       INTEGER NOT NULL,
  done        INTEGER NOT NULL,
  left_out    INTEGER NOT NULL,
  parts       INTEGER NOT NULL, -- how many are through
  created_at  INTEGER NOT NULL,
  ended_at    INTEGER,
  PRIMARY KEY (bucket, id)
) STRICT;

CREATE UNIQUE INDEX bulk_changes_running ON bulk_changes (bucket, tenant) WHERE state = 0;
CREATE INDEX bulk_changes_of ON bulk_changes (bucket, tenant, id);

-- Their parts: what one step is about.
CREATE TABLE bulk_parts (
  bucket  INTEGER NOT NULL DEFAULT 0,
  bulk_id BLOB    NOT NULL,
  number  INTEGER NOT NULL,
  things  BLOB    NOT NULL, -- 24 bytes each: id and revision
  sources BLOB    NOT NULL, -- 16 bytes each: the audit entry whose change is taken back; empty for none
  fates   BLOB    NOT NULL, -- a byte each: what became of it; empty before its step
  entries BLOB    NOT NULL, -- 16 bytes each: its audit entry, zero for none; empty before its step
  PRIMARY KEY (bucket, bulk_id, number)
) STRICT, WITHOUT ROWID;

-- Who may call the API. A token that was revoked stays, so that no first one is made again.
CREATE TABLE tokens (
  id                 BLOB    NOT NULL PRIMARY KEY,
  name               TEXT    NOT NULL,
  role               INTEGER NOT NULL,
  tenants            TEXT,    -- JSON array; null for all
  extension_prefixes TEXT,    -- JSON array; null for all
  sha256             BLOB    NOT NULL UNIQUE,
  old_sha256         BLOB    UNIQUE, -- before the last rotation; works until old_until
  old_until          INTEGER,
  made_by            TEXT    NOT NULL,
  created_at         INTEGER NOT NULL,
  expires_at         INTEGER, -- null for never
  revoked_at         INTEGER,
  last_used_at       INTEGER  -- to the minute
) STRICT, WITHOUT ROWID;

-- Browsers that somebody signed in with.
CREATE TABLE sessions (
  id                 BLOB    NOT NULL PRIMARY KEY,
  sha256             BLOB    NOT NULL UNIQUE,
  token_sha256       TEXT,    -- the token's secret that it was begun with, in hexadecimal; null when a provider signed its bearer in
  name               TEXT    NOT NULL,
  role               INTEGER NOT NULL,
  tenants            TEXT,    -- JSON array; null for all
  extension_prefixes TEXT,    -- JSON array; null for all
  created_at         INTEGER NOT NULL,
  last_used_at       INTEGER NOT NULL -- to the minute
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_by_token ON sessions (token_sha256, created_at);

-- Links that sign a browser in once, with the token that they were made with.
CREATE TABLE sign_in_codes (
  sha256       BLOB    NOT NULL PRIMARY KEY,
  token_sha256 TEXT    NOT NULL, -- the token's secret, in hexadecimal
  expires_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What somebody was shown that a change would do. The tenant is '' for what concerns none or several.
CREATE TABLE previews (
  bucket     INTEGER NOT NULL DEFAULT 0,
  id         BLOB    NOT NULL PRIMARY KEY,
  tenant     TEXT    NOT NULL,
  caller     TEXT    NOT NULL, -- a hash
  kind       TEXT    NOT NULL,
  content    TEXT    NOT NULL, -- JSON; read as a whole, never searched
  things     BLOB    NOT NULL, -- 24 bytes each: id and revision
  created_at INTEGER NOT NULL,
  taken_at   INTEGER -- when it was committed, which it can be once
) STRICT, WITHOUT ROWID;

CREATE INDEX previews_created ON previews (created_at);
CREATE INDEX previews_by_caller ON previews (caller, created_at);

-- What was answered to requests that can be sent again.
CREATE TABLE answers (
  bucket         INTEGER NOT NULL DEFAULT 0,
  request_sha256 BLOB    NOT NULL PRIMARY KEY,
  body_sha256    BLOB    NOT NULL,
  status         INTEGER NOT NULL,
  location       TEXT,
  content        TEXT    NOT NULL, -- JSON, as it was sent, without secrets
  at             INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX answers_at ON answers (at);

-- Processes of the host and their last signs of life. Keys hold the bucket here too: statements name it for what is there already.
CREATE TABLE nodes (
  bucket      INTEGER NOT NULL DEFAULT 0,
  id          BLOB    NOT NULL,
  name        TEXT    NOT NULL,
  slots       INTEGER NOT NULL, -- 0 for one that fires nothing
  mean_run_ms INTEGER, -- of its last runs; null before the first
  mean_run_of INTEGER NOT NULL, -- of how many of them
  started_at  INTEGER NOT NULL,
  seen_at     INTEGER NOT NULL,
  ended_at    INTEGER, -- when it was stopped
  version     TEXT    NOT NULL,
  clock_offset_ms INTEGER, -- ahead of the store's clock; null where that has none
  store_took_ms   INTEGER, -- to keep the sign of life before
  draining_since  INTEGER, -- while it is to stop
  idle_since      INTEGER, -- while it takes no work because it was drained, as it says itself
  drained_at      INTEGER, -- the last time that somebody drained it
  drained_by      TEXT,
  drain_note      TEXT,
  drain_ended_at  INTEGER, -- when it was let take work again
  PRIMARY KEY (bucket, id)
) STRICT, WITHOUT ROWID;

-- Times in which no node that fires gave a sign of life, or none took work.
CREATE TABLE outages (
  bucket  INTEGER NOT NULL DEFAULT 0,
  from_at INTEGER NOT NULL,
  to_at   INTEGER NOT NULL,
  node    TEXT    NOT NULL, -- the one that came back first
  stopped INTEGER NOT NULL, -- whether the last before was stopped, and not lost
  drained_node TEXT, -- the last before, when it had been drained
  drained_by   TEXT,
  PRIMARY KEY (bucket, from_at)
) STRICT, WITHOUT ROWID;

-- For the health probe to write.
CREATE TABLE health (
  bucket INTEGER NOT NULL PRIMARY KEY,
  checks INTEGER NOT NULL
) STRICT;
INSERT INTO health (bucket, checks) SELECT bucket, 0 FROM buckets;
