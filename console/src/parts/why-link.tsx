import { Link } from '@tanstack/react-router';
import { texts } from '../texts';

type Props = { tenant: string; of: { installId: string; scheduleId: string }; at: string; className?: string | undefined };

/** Leads to why an instant of a schedule became what it is. */
export const WhyLink = ({ tenant, of: { installId, scheduleId }, at, className }: Props) => (
  <Link
    className={className}
    to="/t/$scope/schedules/$installId/$scheduleId/why"
    params={{ scope: tenant, installId, scheduleId }}
    search={{ at }}
  >
    {texts.parts.why}
  </Link>
);
