import type { FoundId } from '../../api/types';

/** Where what has an id is shown: at its tenant's address, whoever looked for it and from where. */
export function addressOf({ tenant: scope, installId, scheduleId, runId }: FoundId) {
  if (runId) {
    return { to: '/t/$scope/runs/$runId', params: { scope, runId } } as const;
  }
  return scheduleId
    ? ({ to: '/t/$scope/schedules/$installId/$scheduleId', params: { scope, installId, scheduleId } } as const)
    : ({ to: '/t/$scope/installs/$installId', params: { scope, installId } } as const);
}
