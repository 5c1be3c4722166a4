import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { nodesQuery } from '../../api/nodes';
import { readyQuery } from '../../api/ready';
import type { Node } from '../../api/types';
import { now } from '../../app/clock';
import { useScope } from '../../app/scope';
import { Button } from '../../parts/button';
import { Empty } from '../../parts/feedback/empty';
import { Problem } from '../../parts/feedback/problem';
import { Skeleton } from '../../parts/feedback/skeleton';
import { Columns, PageFrame } from '../../parts/page/page';
import { DataTable } from '../../parts/table/data-table';
import { formatDuration } from '../../parts/time/format';
import { list, number, texts } from '../../texts';
import { nodeColumns } from './columns';
import { OutagesPanel } from './outages-panel';
import { ReadyPanel } from './ready-panel';
import { lostOf, split } from './standing';

const words = texts.nodes;
const rowId = (row: Node) => row.id;
const rowName = (row: Node) => row.name;

/** The processes of the host: which are up, what they carry, when none was. */
export function NodesPage() {
  const scope = useScope();
  const navigate = useNavigate();
  const { all } = useSearch({ from: '/t/$scope/nodes' });
  const { data, error, refetch } = useQuery(nodesQuery);
  const ready = useQuery(readyQuery);
  const { current, old } = split(data ?? [], now());
  const lost = lostOf(current);
  const up = current.filter(({ state }) => state === 'up');
  const headline = !data
    ? words.title
    : lost.length > 0
      ? words.lost(lost.length, list(lost.map(({ name }) => name)))
      : ready.data && ready.data.status !== 'ready'
        ? words.failing
        : words.up(up.length);
  return (
    <PageFrame title={headline} tab={words.title} sub={data && capacityOf(up)}>
      <Columns
        main={
          !data ? (
            error ? (
              <Problem error={error} onRetry={() => void refetch()} />
            ) : (
              <Skeleton rows={3} />
            )
          ) : (
            <div>
              <DataTable
                id="nodes"
                label={words.label}
                columns={nodeColumns}
                rows={all ? [...current, ...old] : current}
                rowId={rowId}
                rowName={rowName}
                height={560}
                empty={<Empty title={words.empty} />}
              />
              {old.length > 0 && (
                <Button
                  look="quiet"
                  onPress={() => void navigate({ to: '/t/$scope/nodes', params: { scope }, search: all ? {} : { all: true }, replace: true })}
                >
                  {all ? words.fewer : words.older(old.length)}
                </Button>
              )}
            </div>
          )
        }
        side={
          <>
            <ReadyPanel />
            <OutagesPanel />
          </>
        }
      />
    </PageFrame>
  );
}

/** How many slots there are, and what they carry at the mean length of the last runs. */
function capacityOf(up: readonly Node[]): string {
  const slots = up.reduce((sum, node) => sum + node.slots, 0);
  const ran = up.filter((node) => node.meanRunMs != null && node.slots > 0);
  const mean = ran.reduce((sum, node) => sum + (node.meanRunMs ?? 0), 0) / Math.max(1, ran.length);
  return mean > 0
    ? `${words.slots(slots)} ${words.capacity(number(Math.floor((slots * 3_600_000) / mean)), formatDuration(mean))}`
    : words.slots(slots);
}
