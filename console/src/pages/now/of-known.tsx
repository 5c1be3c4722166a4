import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { layerQuery } from '../../api/now';
import { installsQuery } from '../../api/tenants';
import { useScope } from '../../app/scope';
import { isAll } from '../../app/scope-name';
import { Empty } from '../../parts/feedback/empty';
import { PageFrame } from '../../parts/page/page';
import { texts } from '../../texts';
import { NowPage } from './page';

const words = texts.shell.tenant;

/** Of a tenant that is there, its page; of a name without an install or a pause nothing can be said to be well. */
export function NowOfKnown() {
  const scope = useScope();
  const installs = useQuery({ ...installsQuery(scope), enabled: !isAll(scope) });
  const none = installs.data?.items.length === 0;
  const layer = useQuery({ ...layerQuery(scope), enabled: none });
  if (!none || layer.data?.pause) {
    return <NowPage />;
  }
  return (
    <PageFrame title={texts.shell.pages.now}>
      <Empty title={words.unknown(scope)}>
        {words.unknownNext}
        <Link to="/t/$scope/installs" params={{ scope }} style={{ color: 'var(--accent)' }}>
          {texts.shell.pages.installs}
        </Link>
      </Empty>
    </PageFrame>
  );
}
