import { Link } from '@tanstack/react-router';

type Props = { tenant: string; scheduleId: string; className: string | undefined; children: string };

/** Leads to the runs of a schedule that failed. */
export const FailedRunsLink = ({ tenant, scheduleId, className, children }: Props) => (
  <Link className={className} to="/t/$scope/runs" params={{ scope: tenant }} search={{ state: 'failed', scheduleId }}>
    {children}
  </Link>
);
