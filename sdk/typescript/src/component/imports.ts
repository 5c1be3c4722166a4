// The build command resolves `#host-imports` to this file; everything else gets imports-absent.ts, because no other
// program can resolve these modules.
export * as context from 'alga:extension/context';
export * as logging from 'alga:extension/logging';
export * as scheduler from 'alga:extension/scheduler';
export * as storage from 'alga:extension/storage';
export * as http from 'alga:extension/http';
export * as secrets from 'alga:extension/secrets';
