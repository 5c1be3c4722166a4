-- The first schema. Every table but the registry's carries the bucket of its tenant, in every key, so that a database that is
-- distributed by it (deploy/citus/distribute.sql) answers the hot path from one shard. No sequence, no trigger, no clock of the
-- database's own. Constraints that refer from one table to another are named, because distributing must take them off and put
-- them back. Texts that keys are made of compare byte by byte.

-- One row a bucket: a claim locks it, so that limits on runs at once are exact however many nodes claim, and nodes that meet
-- pass one another by instead of queueing.
CREATE TABLE buckets (
  bucket smallint NOT NULL PRIMARY KEY
);
INSERT INTO buckets (bucket) SELECT generate_series(0, 31);

-- The registry: the same for all tenants, small, read everywhere. The manifest, which can be large, is the last column.
CREATE TABLE versions (
  id               uuid        NOT NULL PRIMARY KEY,
  extension_id     text        NOT NULL COLLATE "C",
  version          text        NOT NULL COLLATE "C",
  publisher        text        NOT NULL,
  runtime          text        NOT NULL,
  capabilities     text        NOT NULL, -- JSON array; read as a whole, never searched
  bundle_sha256    text        NOT NULL,
  component_sha256 text        NOT NULL,
  component_bytes  bigint      NOT NULL,
  published_by     text        NOT NULL,
  published_at     timestamptz NOT NULL,
  withdrawn_at     timestamptz, -- the bundle is gone, and the number is taken for good
  kept_bytes       bigint      NOT NULL, -- of manifest and bundle; once it is withdrawn, of the manifest
  manifest         text        NOT NULL, -- the document as it was published
  CONSTRAINT versions_named UNIQUE (extension_id, version)
);

CREATE INDEX versions_kept ON versions (published_by, kept_bytes);
CREATE INDEX versions_waiting ON versions (published_by, component_sha256) WHERE withdrawn_at IS NULL;

CREATE TABLE endpoints (
  version_id  uuid    NOT NULL,
  path        text    NOT NULL COLLATE "C",
  method      text    NOT NULL COLLATE "C",
  id          uuid    NOT NULL,
  handler     text    NOT NULL,
  schedulable boolean NOT NULL,
  PRIMARY KEY (version_id, path, method),
  CONSTRAINT endpoints_version FOREIGN KEY (version_id) REFERENCES versions (id)
);

-- Apart from versions, so that listing versions never drags megabytes of bundles along. Compressed already.
CREATE TABLE bundles (
  version_id uuid  NOT NULL PRIMARY KEY,
  content    bytea NOT NULL,
  CONSTRAINT bundles_version FOREIGN KEY (version_id) REFERENCES versions (id)
);
ALTER TABLE bundles ALTER COLUMN content SET STORAGE EXTERNAL;

-- How far each component is, for each engine with its settings. None for one that nobody has begun with. A row outlives its version:
-- what was refused once is not tried again.
CREATE TABLE compilations (
  component_sha256 text        NOT NULL COLLATE "C",
  engine           text        NOT NULL COLLATE "C",
  state            integer     NOT NULL,
  reason           text,        -- why it was refused
  retry_at         timestamptz, -- when a refusal ends that may be no fault of the component's
  lease_token      uuid,        -- set while it is compiled
  lease_until      timestamptz, -- set while it is compiled
  attempts         integer     NOT NULL,
  started_at       timestamptz NOT NULL,
  finished_at      timestamptz,
  PRIMARY KEY (component_sha256, engine)
);

-- Secrets of the installation, made at random when they are first needed.
CREATE TABLE keys (
  name       text        NOT NULL COLLATE "C" PRIMARY KEY,
  content    bytea       NOT NULL,
  created_at timestamptz NOT NULL
);

-- Who may call the API. A token that was revoked stays, so that no first one is made again.
CREATE TABLE tokens (
  id                 uuid        NOT NULL PRIMARY KEY,
  name               text        NOT NULL,
  role               integer     NOT NULL,
  tenants            text,        -- JSON array; null for all
  extension_prefixes text,        -- JSON array; null for all
  sha256             bytea       NOT NULL CONSTRAINT tokens_hash UNIQUE,
  old_sha256         bytea CONSTRAINT tokens_old_hash UNIQUE, -- before the last rotation; works until old_until
  old_until          timestamptz,
  made_by            text        NOT NULL,
  created_at         timestamptz NOT NULL,
  expires_at         timestamptz, -- null for never
  revoked_at         timestamptz,
  last_used_at       timestamptz  -- to the minute
);

-- Browsers that somebody signed in with.
CREATE TABLE sessions (
  id                 uuid        NOT NULL PRIMARY KEY,
  sha256             bytea       NOT NULL CONSTRAINT sessions_hash UNIQUE,
  token_sha256       text,        -- the token's secret that it was begun with, in hexadecimal; null when a provider signed its bearer in
  name               text        NOT NULL,
  role               integer     NOT NULL,
  tenants            text,        -- JSON array; null for all
  extension_prefixes text,        -- JSON array; null for all
  created_at         timestamptz NOT NULL,
  last_used_at       timestamptz NOT NULL -- to the minute
);

CREATE INDEX sessions_by_token ON sessions (token_sha256, created_at);

-- Links that sign a browser in once, with the token that they were made with.
CREATE TABLE sign_in_codes (
  sha256       bytea       NOT NULL PRIMARY KEY,
  token_sha256 text        NOT NULL, -- the token's secret, in hexadecimal
  expires_at   timestamptz NOT NULL
);

-- Compiled code in parts, so that nodes load what another has compiled. Tens of megabytes a component, read once by each node: spread by
-- the component's bucket, and not copied to every machine as the registry is.
CREATE TABLE compiled_code (
  bucket           smallint    NOT NULL,
  component_sha256 text        NOT NULL COLLATE "C",
  engine           text        NOT NULL COLLATE "C",
  part             integer     NOT NULL,
  content          bytea       NOT NULL,
  created_at       timestamptz NOT NULL,
  PRIMARY KEY (bucket, component_sha256, engine, part)
);
ALTER TABLE compiled_code ALTER COLUMN content SET STORAGE EXTERNAL;

CREATE TABLE installs (
  bucket              smallint    NOT NULL,
  id                  uuid        NOT NULL,
  tenant              text        NOT NULL COLLATE "C",
  extension_id        text        NOT NULL COLLATE "C",
  version_id          uuid        NOT NULL,
  previous_version_id uuid,                -- null until there is an upgrade
  enabled             boolean     NOT NULL,
  granted             text        NOT NULL, -- JSON array; read as a whole, never searched
  previous_granted    text,                 -- likewise; what was granted to the version before
  rate_level          double precision,     -- tokens left in the bucket of schedule changes; null until the first change
  rate_at             timestamptz,
  created_at          timestamptz NOT NULL,
  updated_at          timestamptz NOT NULL,
  PRIMARY KEY (bucket, id),
  CONSTRAINT installs_extension UNIQUE (bucket, tenant, extension_id),
  CONSTRAINT installs_version FOREIGN KEY (version_id) REFERENCES versions (id),
  CONSTRAINT installs_previous_version FOREIGN KEY (previous_version_id) REFERENCES versions (id)
) WITH (fillfactor = 80);

CREATE INDEX installs_by_extension ON installs (bucket, extension_id, tenant);

CREATE TABLE schedules (
  bucket          smallint    NOT NULL,
  id              uuid        NOT NULL,
  tenant          text        NOT NULL COLLATE "C",
  install_id      uuid        NOT NULL,
  next_due_at     timestamptz, -- null while the schedule or its install is disabled, or when no date is left
  next_start_at   timestamptz, -- when claims take it: the due time, and its place in the window of its spread behind it
  last_due_at     timestamptz,
  active_run_id   uuid,        -- the open run; no foreign key, the ledger is written on the hot path
  enabled         boolean     NOT NULL,
  last_run_at     timestamptz,
  last_run_status integer,
  last_error      text,
  cron            text        NOT NULL,
  time_zone       text        NOT NULL,
  method          text        NOT NULL,
  path            text        NOT NULL,
  name            text        COLLATE "C",
  policy          text,        -- JSON; null for the default
  waiting         text,        -- JSON: occurrences that wait for their turn; null for none
  failures        integer     NOT NULL DEFAULT 0, -- runs in a row that the extension failed
  pause           text,        -- JSON: its own pause; null when it has none
  pause_cause     integer,     -- of that
  held            text,        -- JSON: the pause that it was found held by when it came due; null when it is not put aside
  skips           text,        -- JSON: occurrences that are not to run; null for none
  created_at      timestamptz NOT NULL,
  updated_at      timestamptz NOT NULL,
  revision        bigint      NOT NULL,
  payload_revision bigint     NOT NULL DEFAULT 1,     -- the revision that brought the payload
  payload_used    boolean     NOT NULL DEFAULT FALSE, -- whether a run may have had it
  payload         bytea,       -- UTF-8; bytes, because it is kept byte for byte and a text here holds no null character
  PRIMARY KEY (bucket, id),
  -- Nulls differ from one another, so nameless schedules do not collide; the same index lists and counts an install's schedules.
  CONSTRAINT schedules_name UNIQUE (bucket, install_id, name),
  CONSTRAINT schedules_install FOREIGN KEY (bucket, install_id) REFERENCES installs (bucket, id)
) WITH (fillfactor = 75, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);

-- By start time, for what is due next; and by tenant, for going round the tenants when there is a backlog. Many are due at one
-- instant, and their entries would share a tuple: one that is only partly dead cannot be marked so, and every claim would look at
-- the rows behind it again.
CREATE INDEX schedules_due ON schedules (bucket, next_start_at) WITH (deduplicate_items = off) WHERE next_start_at IS NOT NULL;
CREATE INDEX schedules_due_by_tenant ON schedules (bucket, tenant, next_start_at) WITH (deduplicate_items = off) WHERE next_start_at IS NOT NULL;
-- What is put aside, for when a pause ends: first what nothing but that makes due.
CREATE INDEX schedules_held ON schedules (bucket, next_start_at, tenant, install_id) WHERE held IS NOT NULL;

-- When an install last used what it was granted, to the hour. It goes with the install once that is gone for good.
CREATE TABLE capability_uses (
  bucket       smallint    NOT NULL,
  install_id   uuid        NOT NULL,
  capability   text        NOT NULL,
  tenant       text        NOT NULL COLLATE "C",
  last_used_at timestamptz NOT NULL,
  PRIMARY KEY (bucket, install_id, capability)
);

-- Pauses above the schedules: of an install, of a tenant, and of the host, whose row lies in every bucket, so that a claim sees all that
-- concerns it in its own. Written under the lock that claims take. One that has ended stays until claims have let go what it held.
CREATE TABLE pauses (
  bucket      smallint    NOT NULL,
  id          uuid        NOT NULL,
  tenant      text        NOT NULL COLLATE "C", -- '' for the host's
  install_id  uuid,        -- null for all of the tenant's
  since       timestamptz NOT NULL,
  until_at    timestamptz, -- null for one that somebody has to end
  on_end      integer     NOT NULL,
  note        text        NOT NULL,
  paused_by   text        NOT NULL,
  by_operator boolean     NOT NULL,
  ended_at    timestamptz, -- when somebody ended it
  shown_at    timestamptz, -- when they were shown what that would do: what came due since does not run
  PRIMARY KEY (bucket, id)
) WITH (fillfactor = 80);

CREATE INDEX pauses_of ON pauses (bucket, tenant, install_id, since);

-- For lists: what has no start, what has a pause of its own, and whose last runs failed. Firing changes none, as long as all goes well.
CREATE INDEX schedules_resting ON schedules (bucket, tenant, id) WHERE next_start_at IS NULL;
CREATE INDEX schedules_paused ON schedules (bucket, tenant, id) WHERE pause IS NOT NULL;
CREATE INDEX schedules_failing ON schedules (bucket, tenant, id) WHERE failures > 0;

-- Schedules as lists over installs show them: without payloads, which can be large, and with the extension. The columns are in the order in
-- which StoredSchedule reads them, and what is more comes after.
CREATE VIEW listed_schedules AS
SELECT s.id, s.tenant, s.install_id, s.name, s.method, s.path, s.cron, s.time_zone, s.enabled, NULL::bytea AS payload, s.policy, s.next_due_at, s.last_due_at,
       s.active_run_id, s.last_run_at, s.last_run_status, s.last_error, s.created_at, s.updated_at, s.revision, s.waiting, s.failures, s.pause,
       s.held, s.skips, s.payload_revision, s.payload_used, i.extension_id, s.next_start_at, s.bucket
FROM schedules s
JOIN installs i ON i.bucket = s.bucket AND i.id = s.install_id;

-- By what schedules are found and sorted when somebody goes by their names: written when one is changed, and never when it fires.
CREATE TABLE schedule_texts (
  bucket   smallint NOT NULL,
  id       uuid     NOT NULL,
  tenant   text     NOT NULL COLLATE "C",
  label    text     NOT NULL COLLATE "C", -- the name, or the endpoint where there is none; in small letters
  content  text     NOT NULL,             -- name and endpoint, in small letters
  endpoint text     NOT NULL COLLATE "C", -- as it is
  PRIMARY KEY (bucket, id)
);

CREATE INDEX schedule_texts_by_tenant ON schedule_texts (bucket, tenant, id);
CREATE INDEX schedule_texts_label_of_tenant ON schedule_texts (bucket, tenant, label, id);
-- These three have no bucket in front: a list of all tenants reads along one of them instead of merging so many rows of every bucket.
CREATE INDEX schedule_texts_label ON schedule_texts (label, id) INCLUDE (bucket);
CREATE INDEX schedule_texts_created ON schedule_texts (id) INCLUDE (bucket);
CREATE INDEX schedule_texts_endpoint ON schedule_texts (endpoint, tenant, id);

-- The index of searches: pieces of three letters. The extension may lie in any schema, and may not be had at all: then searches read all names
-- of their tenant.
DO $$
DECLARE
  home text;
BEGIN
  BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;
  EXCEPTION
    WHEN unique_violation OR duplicate_object OR undefined_file OR feature_not_supported OR insufficient_privilege OR invalid_schema_name THEN NULL;
  END;
  SELECT n.nspname INTO home FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm';
  IF home IS NOT NULL THEN
    EXECUTE format('CREATE INDEX schedule_texts_search ON schedule_texts USING gin (content %I.gin_trgm_ops) WITH (fastupdate = off)', home);
  END IF;
END $$;

-- What was uninstalled or deleted, for as long as it can be brought back: apart from what lives, so that names and quotas are free. It
-- refers to nothing; a version may be withdrawn meanwhile.
CREATE TABLE removed_installs (
  bucket              smallint    NOT NULL,
  id                  uuid        NOT NULL,
  tenant              text        NOT NULL COLLATE "C",
  extension_id        text        NOT NULL COLLATE "C",
  version_id          uuid        NOT NULL,
  previous_version_id uuid,
  enabled             boolean     NOT NULL,
  granted             text        NOT NULL,
  previous_granted    text,
  created_at          timestamptz NOT NULL,
  updated_at          timestamptz NOT NULL,
  removed_at          timestamptz NOT NULL,
  removed_by          text        NOT NULL,
  PRIMARY KEY (bucket, id)
);

CREATE INDEX removed_installs_by_tenant ON removed_installs (bucket, tenant, removed_at);
CREATE INDEX removed_installs_by_age ON removed_installs (bucket, removed_at);

CREATE TABLE removed_schedules (
  bucket          smallint    NOT NULL,
  id              uuid        NOT NULL,
  tenant          text        NOT NULL COLLATE "C",
  install_id      uuid        NOT NULL,
  last_due_at     timestamptz,
  enabled         boolean     NOT NULL,
  last_run_at     timestamptz,
  last_run_status integer,
  last_error      text,
  cron            text        NOT NULL,
  time_zone       text        NOT NULL,
  method          text        NOT NULL,
  path            text        NOT NULL,
  name            text        COLLATE "C",
  policy          text,
  failures        integer     NOT NULL,
  pause           text,
  pause_cause     integer,
  skips           text,
  created_at      timestamptz NOT NULL,
  updated_at      timestamptz NOT NULL,
  revision        bigint      NOT NULL,
  payload_revision bigint     NOT NULL,
  payload_used    boolean     NOT NULL,
  payload         bytea,
  removed_at      timestamptz NOT NULL,
  removed_by      text        NOT NULL,
  by_extension    boolean     NOT NULL, -- whether its own extension deleted it, of which the last few are kept
  with_install    boolean     NOT NULL, -- whether it went with its install and comes back with it
  PRIMARY KEY (bucket, id)
);

CREATE INDEX removed_schedules_by_install ON removed_schedules (bucket, install_id, with_install, removed_at, id);
CREATE INDEX removed_schedules_by_extension ON removed_schedules (bucket, install_id, removed_at, id) WHERE by_extension;
CREATE INDEX removed_schedules_by_age ON removed_schedules (bucket, removed_at);

-- When schedules were due, as they were: written when that changes, never when one fires. Like the ledger it refers to nothing.
CREATE TABLE schedule_definitions (
  bucket      smallint    NOT NULL,
  schedule_id uuid        NOT NULL,
  number      integer     NOT NULL, -- of this schedule's
  tenant      text        NOT NULL COLLATE "C",
  install_id  uuid        NOT NULL,
  cron        text        NOT NULL,
  time_zone   text        NOT NULL,
  state       integer     NOT NULL, -- whether it was due, and why not
  since       timestamptz NOT NULL,
  until_at    timestamptz, -- null for the one in force
  changed_by  text        NOT NULL,
  spread      integer     NOT NULL, -- in seconds; counts only of what was due
  PRIMARY KEY (bucket, schedule_id, number)
);

CREATE INDEX schedule_definitions_by_age ON schedule_definitions (bucket, until_at) WHERE until_at IS NOT NULL;

-- Runs that have not ended lie apart from the ledger, so that its rows are written once and its indexes never hold a run twice. A
-- schedule has one open run at most, and what is keyed by it stays as small as the schedules are many. None refers to its
-- schedule: it may be deleted meanwhile. Both tables empty and fill all the time: giving pages back would need a lock that everybody
-- waits behind. Waiting to be started, or to be tried again:
CREATE TABLE queued_runs (
  bucket           smallint    NOT NULL,
  schedule_id      uuid        NOT NULL,
  id               uuid        NOT NULL,
  tenant           text        NOT NULL COLLATE "C",
  install_id       uuid        NOT NULL,
  due_at           timestamptz NOT NULL,
  trigger_kind     integer     NOT NULL,
  reason           integer     NOT NULL DEFAULT 0, -- how the attempt before ended, or what the run waits for
  attempt          integer     NOT NULL,
  lost_attempts    integer     NOT NULL,
  stopped_attempts integer     NOT NULL, -- given back by nodes that were stopped
  available_at     timestamptz NOT NULL,
  created_at       timestamptz NOT NULL,
  started_at       timestamptz, -- as all below: of the attempt before, if there was one
  version_id       uuid,
  status_code      integer,
  node             text,
  asked            text,        -- JSON: who asked for it, why, and what it repeats; null for nobody
  error            text,
  payload_revision integer,     -- which payload the last attempt had, or a run that repeats another is to have
  earlier_attempts text,        -- JSON array; null when there were none
  evidence         text,        -- JSON; null when nothing was kept
  PRIMARY KEY (bucket, schedule_id)
) WITH (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05, vacuum_truncate = off);

CREATE INDEX queued_runs_available ON queued_runs (bucket, available_at);
CREATE INDEX queued_runs_by_tenant ON queued_runs (bucket, tenant, available_at);

-- Under way. Narrow, because how wide it is tells the planner, as long as it knows no more, how many rows a page has, and with few it would
-- read all of a bucket instead of going by the schedules. It holds no more rows than the nodes have slots: counting per install and tenant
-- reads those of a bucket, and finding leases that ran out reads all.
CREATE TABLE running_runs (
  bucket           smallint    NOT NULL,
  schedule_id      uuid        NOT NULL,
  id               uuid        NOT NULL,
  tenant           text        NOT NULL COLLATE "C",
  install_id       uuid        NOT NULL,
  due_at           timestamptz NOT NULL,
  trigger_kind     smallint    NOT NULL,
  attempt          integer     NOT NULL,
  lost_attempts    integer     NOT NULL,
  stopped_attempts integer     NOT NULL,
  lease_token      uuid        NOT NULL,
  lease_until      timestamptz NOT NULL,
  created_at       timestamptz NOT NULL,
  started_at       timestamptz NOT NULL,
  node             text        NOT NULL,
  payload_revision integer,     -- which payload it has
  asked            text,        -- JSON: who asked for it, why, and what it repeats; null for nobody
  earlier_attempts text,        -- JSON array; null when there were none
  PRIMARY KEY (bucket, schedule_id)
) WITH (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05, vacuum_truncate = off);

-- The ledger of what has ended: written once, never changed. It outlives schedules and installs, so it refers to neither. In
-- partitions of a week, which retention drops whole; the store makes them ahead, and what falls outside them (occurrences missed
-- long ago, copied history) lies in runs_other.
CREATE TABLE runs (
  bucket           smallint    NOT NULL,
  id               uuid        NOT NULL,
  tenant           text        NOT NULL COLLATE "C",
  install_id       uuid        NOT NULL,
  schedule_id      uuid        NOT NULL,
  due_at           timestamptz NOT NULL,
  trigger_kind     integer     NOT NULL,
  state            integer     NOT NULL,
  reason           integer     NOT NULL,
  attempt          integer     NOT NULL,
  lost_attempts    integer     NOT NULL,
  stopped_attempts integer     NOT NULL,
  created_at       timestamptz NOT NULL,
  started_at       timestamptz,
  finished_at      timestamptz NOT NULL,
  version_id       uuid,        -- what the last attempt ran
  status_code      integer,
  missed_count     integer,
  missed_from      timestamptz,
  missed_to        timestamptz,
  node             text,
  asked            text,        -- JSON: who asked for it or said that it is not to start, why, and what it repeats; null for nobody
  error            text,
  pause            text,        -- JSON: the pause that kept it from starting; null where none did
  payload_revision integer,     -- which payload the last attempt had
  earlier_attempts text,        -- JSON array; null when there were none
  evidence         text,        -- JSON; null when nothing was kept
  PRIMARY KEY (bucket, id, due_at),
  CONSTRAINT runs_occurrence UNIQUE (bucket, schedule_id, due_at, trigger_kind)
) PARTITION BY RANGE (due_at);

CREATE INDEX runs_by_tenant ON runs (bucket, tenant, due_at, id);
-- The same of what did not succeed, which is what somebody who looks for something looks for.
CREATE INDEX runs_unsuccessful ON runs (bucket, tenant, due_at, id) WHERE state > 2;
-- What was skipped, missed or given up; both over all tenants; and what makes up for something, by the occurrence that it is of. Firing writes none of
-- these as long as all goes well. The conditions are said otherwise for all tenants: that keeps PostgreSQL from going by them for one, for which a new
-- table looks as good.
CREATE INDEX runs_not_run ON runs (bucket, tenant, due_at, id) WHERE state > 3;
CREATE INDEX runs_unsuccessful_of_all ON runs (bucket, id) WHERE state >= 3;
CREATE INDEX runs_not_run_of_all ON runs (bucket, due_at, id) WHERE state >= 4;
CREATE INDEX runs_making_up ON runs (bucket, tenant, due_at) WHERE trigger_kind IN (2, 3);
CREATE INDEX runs_repeats ON runs (bucket, schedule_id, substr(asked, length(asked) - 13, 13), due_at) WHERE trigger_kind IN (2, 3);
-- Rows that stand for several occurrences, by the last of them.
CREATE INDEX runs_ranges ON runs (bucket, tenant, missed_to) WHERE missed_count > 1;

CREATE TABLE runs_other PARTITION OF runs DEFAULT;

-- Payloads that runs had, and that changes of their schedules have replaced since: so that those runs can be repeated as they were. In
-- partitions of a week.
CREATE TABLE past_payloads (
  bucket      smallint    NOT NULL,
  schedule_id uuid        NOT NULL,
  revision    bigint      NOT NULL, -- of the schedule, that brought it
  tenant      text        NOT NULL COLLATE "C",
  replaced_at timestamptz NOT NULL, -- or when a run was asked for last that is to have it
  payload     bytea,
  PRIMARY KEY (bucket, schedule_id, revision, replaced_at)
) PARTITION BY RANGE (replaced_at);

CREATE TABLE past_payloads_other PARTITION OF past_payloads DEFAULT;

-- Every run, whatever its state, as it is shown. It is asked for those of one bucket, like the tables behind it. States of open runs are
-- computed, though they are constant: the planner of a distributed database would leave out tables that have no run in a state that is
-- asked for, and with them what is said of the bucket, by which it finds the shard. Columns have one type in all
-- of them: else the planner reads all before it sorts.
CREATE VIEW all_runs AS
SELECT bucket, id, tenant, install_id, schedule_id, due_at, trigger_kind, state, reason, attempt, NULL::timestamptz AS available_at,
       node, created_at, started_at, finished_at, status_code, error, asked, missed_count, missed_from, missed_to,
       earlier_attempts, evidence, version_id, pause, payload_revision
FROM runs
UNION ALL
SELECT bucket, id, tenant, install_id, schedule_id, due_at, trigger_kind::integer, attempt * 0 + 1, attempt * 0, attempt, NULL,
       node, created_at, started_at, NULL, NULL, NULL, asked, NULL, NULL, NULL, earlier_attempts, NULL, NULL, NULL,
       payload_revision
FROM running_runs
UNION ALL
SELECT bucket, id, tenant, install_id, schedule_id, due_at, trigger_kind, attempt * 0, reason, attempt, available_at,
       node, created_at, started_at, NULL, status_code, error, asked, NULL, NULL, NULL, earlier_attempts, evidence, version_id, NULL,
       payload_revision
FROM queued_runs;

-- Gateway calls that failed, the last few of each install. Like the ledger it refers to nothing. In partitions of a week.
CREATE TABLE calls (
  bucket      smallint    NOT NULL,
  install_id  uuid        NOT NULL,
  id          uuid        NOT NULL,
  at          timestamptz NOT NULL,
  tenant      text        NOT NULL COLLATE "C",
  version_id  uuid        NOT NULL,
  method      text        NOT NULL,
  path        text        NOT NULL,
  status      integer,
  reason      integer     NOT NULL,
  duration_ms integer     NOT NULL,
  error       text,
  evidence    text,       -- JSON; null when nothing was kept
  PRIMARY KEY (bucket, install_id, id, at)
) PARTITION BY RANGE (at);

CREATE TABLE calls_other PARTITION OF calls DEFAULT;

-- The tenant is '' for what concerns the registry or the node. In partitions of a month.
CREATE TABLE audit (
  bucket     smallint    NOT NULL,
  tenant     text        NOT NULL COLLATE "C",
  id         uuid        NOT NULL,
  at         timestamptz NOT NULL,
  install_id uuid,
  actor_kind integer     NOT NULL,
  actor_id   text        NOT NULL,
  action     text        NOT NULL,
  target     text,
  outcome    integer     NOT NULL,
  count      integer     NOT NULL, -- how many refusals of one kind it stands for; else 1
  detail     text,
  changes    text,                 -- JSON array: the fields before and after; null for none
  undoes     uuid,                 -- the entry whose change it took back
  PRIMARY KEY (bucket, tenant, id, at)
) PARTITION BY RANGE (at);

CREATE INDEX audit_by_install ON audit (bucket, install_id, id) WHERE install_id IS NOT NULL;
CREATE INDEX audit_by_target ON audit (bucket, target, id) WHERE target IS NOT NULL;
CREATE INDEX audit_not_done ON audit (bucket, (tenant || ''), id) WHERE outcome > 0;
-- Over all tenants. All entries are in it: the condition keeps PostgreSQL from going by it for one tenant, for which a new table looks as good.
CREATE INDEX audit_by_id ON audit (bucket, id) WHERE outcome >= 0;
-- Pauses and versions by what they are of, for whoever asks why something ran or did not.
CREATE INDEX audit_marks ON audit (bucket, tenant, coalesce(target, ''), at)
WHERE outcome = 0 AND action IN ('schedule.pause', 'schedule.resume', 'install.pause', 'install.resume', 'tenant.pause', 'tenant.resume',
                                 'host.pause', 'host.resume', 'install.upgrade', 'install.rollback');

CREATE TABLE audit_other PARTITION OF audit DEFAULT;

-- Large values that audit entries name by hash: kept for a week behind the last change that had them, and of an install only the last. The value is
-- the last column: what trims and expires reads what lies before it, or an index.
CREATE TABLE audit_values (
  bucket       smallint    NOT NULL,
  tenant       text        NOT NULL COLLATE "C",
  install_id   uuid        NOT NULL,
  sha256       text        NOT NULL COLLATE "C",
  kept_at      timestamptz NOT NULL,
  by_extension boolean     NOT NULL, -- no other's change had it
  content      bytea       NOT NULL, -- UTF-8
  PRIMARY KEY (bucket, install_id, sha256)
);

CREATE INDEX audit_values_last ON audit_values (bucket, install_id, by_extension, kept_at, sha256);
CREATE INDEX audit_values_kept ON audit_values (bucket, kept_at);

-- Changes of many schedules, and how far they are; a tenant has one that goes on.
CREATE TABLE bulk_changes (
  bucket      smallint    NOT NULL,
  id          uuid        NOT NULL,
  tenant      text        NOT NULL COLLATE "C",
  action      text        NOT NULL, -- JSON; read as a whole, never searched
  undoes      uuid,
  actor_kind  integer     NOT NULL,
  actor_id    text        NOT NULL,
  by_operator boolean     NOT NULL,
  state       integer     NOT NULL, -- 0 goes on, 1 done, 2 cancelled
  total       integer     NOT NULL,
  done        integer     NOT NULL,
  left_out    integer     NOT NULL,
  parts       integer     NOT NULL, -- how many are through
  created_at  timestamptz NOT NULL,
  ended_at    timestamptz,
  PRIMARY KEY (bucket, id)
);

CREATE UNIQUE INDEX bulk_changes_running ON bulk_changes (bucket, tenant) WHERE state = 0;
CREATE INDEX bulk_changes_of ON bulk_changes (bucket, tenant, id);

-- Their parts: what one step is about.
CREATE TABLE bulk_parts (
  bucket  smallint NOT NULL,
  bulk_id uuid     NOT NULL,
  number  integer  NOT NULL,
  things  bytea    NOT NULL, -- 24 bytes each: id and revision
  sources bytea    NOT NULL, -- 16 bytes each: the audit entry whose change is taken back; empty for none
  fates   bytea    NOT NULL, -- a byte each: what became of it; empty before its step
  entries bytea    NOT NULL, -- 16 bytes each: its audit entry, zero for none; empty before its step
  PRIMARY KEY (bucket, bulk_id, number)
);

-- What somebody was shown that a change would do. The tenant is '' for what concerns none or several.
CREATE TABLE previews (
  bucket     smallint    NOT NULL,
  id         uuid        NOT NULL,
  tenant     text        NOT NULL COLLATE "C",
  caller     text        NOT NULL, -- a hash
  kind       text        NOT NULL,
  content    text        NOT NULL, -- JSON; read as a whole, never searched
  things     bytea       NOT NULL, -- 24 bytes each: id and revision
  created_at timestamptz NOT NULL,
  taken_at   timestamptz, -- when it was committed, which it can be once
  PRIMARY KEY (bucket, id)
);

CREATE INDEX previews_created ON previews (bucket, created_at);
CREATE INDEX previews_by_caller ON previews (bucket, caller, created_at);

-- What was answered to requests that can be sent again.
CREATE TABLE answers (
  bucket         smallint    NOT NULL,
  request_sha256 bytea       NOT NULL,
  body_sha256    bytea       NOT NULL,
  status         integer     NOT NULL,
  location       text,
  content        bytea       NOT NULL, -- JSON, as it was sent, without secrets
  at             timestamptz NOT NULL,
  PRIMARY KEY (bucket, request_sha256)
);

CREATE INDEX answers_at ON answers (bucket, at);

-- Processes of the host and their last signs of life, in the bucket of what is no tenant's.
CREATE TABLE nodes (
  bucket      smallint    NOT NULL,
  id          uuid        NOT NULL,
  name        text        NOT NULL,
  slots       integer     NOT NULL, -- 0 for one that fires nothing
  mean_run_ms integer,     -- of its last runs; null before the first
  mean_run_of integer     NOT NULL, -- of how many of them
  started_at  timestamptz NOT NULL,
  seen_at     timestamptz NOT NULL,
  ended_at    timestamptz, -- when it was stopped
  version     text        NOT NULL,
  clock_offset_ms integer,     -- ahead of the store's clock; null where that has none
  store_took_ms   integer,     -- to keep the sign of life before
  draining_since  timestamptz, -- while it is to stop
  idle_since      timestamptz, -- while it takes no work because it was drained, as it says itself
  drained_at      timestamptz, -- the last time that somebody drained it
  drained_by      text,
  drain_note      text,
  drain_ended_at  timestamptz, -- when it was let take work again
  PRIMARY KEY (bucket, id)
);

-- Times in which no node that fires gave a sign of life, or none took work.
CREATE TABLE outages (
  bucket  smallint    NOT NULL,
  from_at timestamptz NOT NULL,
  to_at   timestamptz NOT NULL,
  node    text        NOT NULL, -- the one that came back first
  stopped boolean     NOT NULL, -- whether the last before was stopped, and not lost
  drained_node text, -- the last before, when it had been drained
  drained_by   text,
  PRIMARY KEY (bucket, from_at)
);

-- For the health probe to write.
CREATE TABLE health (
  bucket smallint NOT NULL PRIMARY KEY,
  checks bigint   NOT NULL
) WITH (fillfactor = 50);
INSERT INTO health (bucket, checks) SELECT bucket, 0 FROM buckets;

-- What copy-store brought in: from which SQLite database, and when it was done. While it is not, no node may start on it.
CREATE TABLE copies (
  source      uuid        NOT NULL PRIMARY KEY,
  started_at  timestamptz NOT NULL,
  finished_at timestamptz,
  content     text -- what was copied: a hash over all tables, by which a source that changed since is known
);
