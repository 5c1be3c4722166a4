import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { refreshAll } from './refresh-all';

it('leaves a preview alone: one that was carried out is spent, and asking for it again is refused in the open dialog', async () => {
  const client = new QueryClient();
  client.setQueryData(['preview', 'undo', '1'], {});
  client.setQueryData(['schedule', '1'], {});
  await refreshAll(client);
  expect(client.getQueryState(['preview', 'undo', '1'])?.isInvalidated).toBe(false);
  expect(client.getQueryState(['schedule', '1'])?.isInvalidated).toBe(true);
});
