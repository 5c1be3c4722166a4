import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { tenantsQuery } from '../../api/tenants';
import type { Tenant } from '../../api/types';
import { Button } from '../../parts/button';
import { Empty } from '../../parts/feedback/empty';
import { Field } from '../../parts/form/field';
import { ListPage } from '../../parts/page/list-page';
import { RowLink } from '../../parts/row-link';
import type { Column } from '../../parts/table/column';
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
  const read = useQuery(tenantsQuery);
  const [name, setName] = useState('');
  const go = (tenant: string) => void navigate({ to: '/t/$scope/installs', params: { scope: tenant } });
  return (
    <ListPage
      title={words.title}
      sub={words.ofAll}
      bar={<div style={{ height: 14 }} />}
      read={read}
      id="tenants-installs"
      label={words.tenantsLabel}
      columns={columns}
      rows={read.data?.items ?? []}
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
  );
}
