import { useSyncExternalStore } from 'react';
import type { Version } from '../../api/extensions';
import { publish } from '../../api/publish';
import { onForget } from '../../app/forget';
import { queryClient } from '../../app/query-client';

/** A bundle on its way: waiting for its turn, being sent, being checked by the host, published, or refused; or a folder, which is none. */
export type Upload = {
  id: number;
  name: string;
  bytes: number;
  state: 'waiting' | 'sending' | 'checking' | 'published' | 'refused' | 'stopped' | 'folder';
  part: number;
  version?: Version;
  fresh?: boolean;
  error?: unknown;
};

let uploads: readonly Upload[] = [];
let next = 1;
let busy = false;
const files = new Map<number, { file: Blob; stop: AbortController }>();
const listeners = new Set<() => void>();

function set(changed: readonly Upload[]): void {
  uploads = changed;
  listeners.forEach((tell) => tell());
}

const put = (id: number, change: Partial<Upload>) => set(uploads.map((upload) => (upload.id === id ? { ...upload, ...change } : upload)));

/** Publishes files one after the other, which is how the host takes them. It goes on while other pages are looked at. */
export function addUploads(added: readonly File[]): void {
  for (const file of added) {
    const id = next++;
    files.set(id, { file, stop: new AbortController() });
    set([...uploads, { id, name: file.name, bytes: file.size, state: 'waiting', part: 0 }]);
  }
  void work();
}

/** Has a folder that was dropped answered: nothing of it is sent. */
export const addFolder = (name: string) => set([...uploads, { id: next++, name, bytes: 0, state: 'folder', part: 0 }]);

export function removeUpload(id: number): void {
  files.get(id)?.stop.abort();
  files.delete(id);
  set(uploads.filter((upload) => upload.id !== id));
}

// What waits would be published by whoever is signed in then.
onForget(() => uploads.forEach(({ id }) => removeUpload(id)));

async function work(): Promise<void> {
  if (busy) {
    return;
  }
  busy = true;
  for (let upload = uploads.find(({ state }) => state === 'waiting'); upload; upload = uploads.find(({ state }) => state === 'waiting')) {
    await send(upload.id);
  }
  busy = false;
}

async function send(id: number): Promise<void> {
  const found = files.get(id);
  if (!found) {
    return;
  }
  put(id, { state: 'sending' });
  try {
    const { version, fresh } = await publish(found.file, (part) => put(id, { part, state: part < 1 ? 'sending' : 'checking' }), found.stop.signal);
    put(id, { state: 'published', part: 1, version, fresh });
    await queryClient.invalidateQueries({ queryKey: ['extensions'] });
  } catch (error) {
    put(id, found.stop.signal.aborted ? { state: 'stopped' } : { state: 'refused', error });
  } finally {
    files.delete(id);
  }
}

export const useUploads = () =>
  useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => uploads,
  );
