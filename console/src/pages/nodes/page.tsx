import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { nodesQuery } from '../../api/nodes';
import { readyQuery } from '../../api/ready';
import type { Node } from '../../api/types';
import { now } from '../../app/clock';
import { useScope } from '../../app/scope';
import { useMay } from '../../app/session';
import { Button } from '../../parts/button';
import { Empty } from '../../parts/feedback/empty';
import { Unread } from '../../parts/feedback/unread';
import { Columns, PageFrame } from '../../parts/page/page';
import { DataTable } from '../../parts/table/data-table';
import { formatDuration } from '../../parts/time/format';
import { list, number, texts } from '../../texts';
import { columnsOf } from './columns';
import { DrainDialog } from './drain-dialog';
import { NodeDialog } from './node-dialog';
import { OutagesPanel } from './outages-panel';
import { ReadyPanel } from './ready-panel';
import { lostOf, split } from './standing';

const words = texts.nodes;
const rowId = (row: Node) => row.id;
const rowName = (row: Node) => row.name;

/** The processes of the host: which are up, what they carry, when none was. */
export const NodesPage = () =>
  useMay().seeAll ? (
    <Nodes />
  ) : (
    <PageFrame title={words.title}>
      <Empty title={words.forbidden}>{words.forbiddenNext}</Empty>
    </PageFrame>
  );

function Nodes() {
  const scope = useScope();
  const navigate = useNavigate();
  const { all } = useSearch({ from: '/t/$scope/nodes' });
  const { data, error, refetch } = useQuery(nodesQuery);
  const ready = useQuery(readyQuery);
  const [opened, setOpened] = useState<string>();
  const [draining, setDraining] = useState(false);
  const open = useCallback((node: Node) => setOpened(node.id), []);
  const columns = useMemo(() => columnsOf(open), [open]);
  function close(): void {
    setOpened(undefined);
    setDraining(false);
  }
  // As it is now, for as long as it is looked at.
  const shown = data?.find(({ id }) => id === opened);
  const { current, old } = split(data ?? [], now());
  const lost = lostOf(current);
  const idle = current.filter(({ state }) => state === 'draining');
  const up = current.filter(({ state }) => state === 'up');
  const headline = !data
    ? words.title
    : lost.length > 0
      ? words.lost(lost.length, list(lost.map(({ name }) => name)))
      : ready.data && ready.data.status !== 'ready'
        ? words.failing
        : idle.length > 0
          ? words.draining(idle.length, list(idle.map(({ name }) => name)))
          : words.up(up.length);
  return (
    <PageFrame title={headline} tab={words.title} sub={data && capacityOf(up)}>
      <Columns
        main={
          !data ? (
            <Unread of={{ error, refetch }} rows={3} whole />
          ) : (
            <div>
              <DataTable
                id="nodes"
                label={words.label}
                columns={columns}
                rows={all ? [...current, ...old] : current}
                rowId={rowId}
                rowName={rowName}
                onOpen={open}
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
      {shown && (draining ? <DrainDialog node={shown} onClose={close} /> : <NodeDialog node={shown} onDrain={() => setDraining(true)} onClose={close} />)}
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
