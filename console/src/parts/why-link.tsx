import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { texts } from '../texts';

type Props = { tenant: string; of: { installId: string; scheduleId: string }; at: string; className?: string | undefined; children?: ReactNode };

/** Leads to why an instant of a schedule became what it is; says so, unless it has children. */
export const WhyLink = ({ tenant, of: { installId, scheduleId }, at, className, children }: Props) => (
  <Link
    className={className}
    to="/t/$scope/schedules/$installId/$scheduleId/why"
    params={{ scope: tenant, installId, scheduleId }}
    search={{ at }}
  >
    {children ?? texts.parts.why}
  </Link>
);
