import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { tenantsQuery } from '../../api/tenants';
import type { Tenant } from '../../api/types';
import { Button } from '../../parts/button';
import { Empty } from '../../parts/feedback/empty';
import { Problem } from '../../parts/feedback/problem';
import { Skeleton } from '../../parts/feedback/skeleton';
import { Field } from '../../parts/form/field';
import { PageFrame } from '../../parts/page/page';
import { RowLink } from '../../parts/row-link';
import type { Column } from '../../parts/table/column';
import { DataTable } from '../../parts/table/data-table';
import { number, texts } from '../../texts';

const words = texts.installs;
const rowId = (row: Tenant) => row.tenant;

const columns: ReadonlyArray<Column<Tenant>> = [
  {
    id: 'tenant',
    header: words.columns.tenant,
    size: 140,
    grow: 2,
    cell: (row) => (
      <RowLink to="/t/$scope/installs" params={{ scope: row.tenant }}>
        {row.tenant}
      </RowLink>
    ),
  },
  { id: 'installs', header: words.columns.installs, size: 80, align: 'end', cell: (row) => number(row.installs) },
  { id: 'schedules', header: words.columns.schedules, size: 96, align: 'end', from: 420, cell: (row) => number(row.schedules) },
  { id: 'failing', header: words.columns.failing, size: 80, align: 'end', cell: (row) => number(row.failingSchedules) },
];

/** Of all tenants: who has how many. Installs themselves are a tenant's. */
export function TenantsInstalls() {
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(tenantsQuery);
  const [name, setName] = useState('');
  const go = (tenant: string) => void navigate({ to: '/t/$scope/installs', params: { scope: tenant } });
  return (
    <PageFrame title={words.title} sub={words.ofAll} full>
      <div style={{ height: 14 }} />
      {!data ? (
        error ? (
          <Problem error={error} onRetry={() => void refetch()} />
        ) : (
          <Skeleton rows={6} />
        )
      ) : (
        <DataTable
          id="tenants-installs"
          label={words.tenantsLabel}
          columns={columns}
          rows={data.items}
          rowId={rowId}
          rowName={rowId}
          onOpen={(row) => go(row.tenant)}
          empty={
            <Empty title={words.empty.tenants}>
              {words.empty.tenantsNext}
              <form
                onSubmit={(event) => {
                  event.preventDefault();
                  if (name.trim()) {
                    go(name.trim());
                  }
                }}
                style={{ display: 'flex', gap: 8, alignItems: 'end' }}
              >
                <Field label={words.empty.name} value={name} onChange={setName} maxLength={100} />
                <Button type="submit">{words.empty.go}</Button>
              </form>
            </Empty>
          }
        />
      )}
    </PageFrame>
  );
}
