import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { listBehind, type Behind } from '../../api/calendar';
import { isAll } from '../../app/scope-name';
import { inWords } from '../../cron/words';
import { Dialog } from '../../parts/dialog/dialog';
import { Unread } from '../../parts/feedback/unread';
import { RowLink } from '../../parts/row-link';
import type { Column } from '../../parts/table/column';
import { DataTable } from '../../parts/table/data-table';
import { usePages } from '../../parts/table/use-pages';
import { number, texts } from '../../texts';

const words = texts.load.behind;
const rowId = (row: Behind) => row.scheduleId;
const nameOf = (row: Behind) => row.name || inWords(row.cron);
const placeOf = ({ tenant, installId, scheduleId }: Behind) =>
  ({ to: '/t/$scope/schedules/$installId/$scheduleId', params: { scope: tenant, installId, scheduleId } }) as const;

const columnsOf = (scope: string): ReadonlyArray<Column<Behind>> => [
  { id: 'name', header: words.columns.name, size: 150, grow: 2, cell: (row) => <RowLink {...placeOf(row)}>{nameOf(row)}</RowLink> },
  ...(isAll(scope) ? [{ id: 'tenant', header: words.columns.tenant, size: 100, grow: 1, from: 420, cell: (row: Behind) => row.tenant }] : []),
  { id: 'when', header: words.columns.when, size: 150, grow: 2, from: 480, cell: (row) => <span title={row.cron}>{inWords(row.cron)}</span> },
  { id: 'zone', header: words.columns.zone, size: 130, from: 640, cell: (row) => row.timeZone },
  { id: 'times', header: words.columns.times, size: 70, align: 'end', cell: (row) => number(Number(row.occurrences)) },
];

type Props = { scope: string; installId?: string | undefined; name: string; at: string; by: string; onClose: () => void };

/** All schedules behind a step, however many; of an install its own. */
export function BehindDialog({ scope, installId, name, at, by, onClose }: Props) {
  const navigate = useNavigate();
  const columns = useMemo(() => columnsOf(scope), [scope]);
  const list = usePages<Behind>({
    key: ['forecast-schedules', scope, at, by, installId],
    read: (cursor, signal) => listBehind(scope, { at, by, installId, cursor, limit: 100 }, signal),
  });
  const open = useCallback((row: Behind) => void navigate(placeOf(row)), [navigate]);
  const { data, error, refetch } = list.query;
  return (
    <Dialog title={words.title[by]?.(name) ?? name} onClose={onClose} wide>
      {data ? (
        <DataTable
          id="behind"
          label={words.label}
          columns={columns}
          rows={list.rows}
          rowId={rowId}
          rowName={nameOf}
          onOpen={open}
          {...list.paging}
          height={420}
          empty={<p>{words.none}</p>}
        />
      ) : (
        <Unread of={{ error, refetch }} rows={8} />
      )}
    </Dialog>
  );
}
