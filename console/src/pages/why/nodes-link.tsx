import { Link } from '@tanstack/react-router';
import { allTenants } from '../../app/scope-name';
import { useMay } from '../../app/session';
import { texts } from '../../texts';

type Props = { actions: readonly string[]; className: string | undefined };

/** Leads to the nodes where the remedy is to look at them, for whoever may see them. */
export function NodesLink({ actions, className }: Props) {
  const { seeAll } = useMay();
  return seeAll && actions.includes('see-nodes') ? (
    <Link className={className} to="/t/$scope/nodes" params={{ scope: allTenants }}>
      {texts.why.nodes}
    </Link>
  ) : null;
}
