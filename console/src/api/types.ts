import type { components } from './schema';

type Schemas = components['schemas'];

export type Session = Schemas['SessionJson'];
export type Schedule = Schemas['ScheduleJson'];
export type ListedSchedule = Schemas['ListedScheduleJson'];
export type SchedulePolicy = Schemas['SchedulePolicyJson'];
export type SchedulePreview = Schemas['SchedulePreviewJson'];
export type Pause = Schemas['PauseJson'];
export type ResumePreview = Schemas['ResumePreviewJson'];
export type Skip = Schemas['SkipJson'];
export type Run = Schemas['RunJson'];
export type Lateness = Schemas['LatenessJson'];
export type FoundId = Schemas['FoundIdJson'];
export type LogLine = Schemas['LogLineJson'];
export type Why = Schemas['WhyJson'];
export type WhyCause = Schemas['WhyCauseJson'];
export type NotRun = Schemas['NotRunJson'];
export type NotRunGroup = Schemas['NotRunGroupJson'];
export type Definition = Schemas['DefinitionJson'];
export type Backfill = Schemas['BackfillJson'];
export type Install = Schemas['InstallJson'];
export type Audit = Schemas['AuditJson'];
export type FieldChange = Schemas['FieldChangeJson'];
export type Forecast = Schemas['ForecastJson'];
export type Node = Schemas['NodeJson'];
export type Outage = Schemas['OutageJson'];
export type Tenant = Schemas['TenantJson'];
export type Bulk = Schemas['BulkJson'];
export type BulkPreview = Schemas['BulkPreviewJson'];
export type LeftOut = Schemas['LeftOutJson'];
export type Extension = Schemas['ExtensionJson'];

export type Page<T> = { items: T[]; nextCursor?: string | null };
