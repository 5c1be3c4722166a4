import { hashKey, queryOptions, type QueryKey } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

const settle = 400;

/** What a preview is of, once nobody has typed for a moment: a preview of many is work for the server. */
export function useSettled(of: QueryKey): string {
  const key = hashKey(of);
  const [settled, setSettled] = useState(key);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(key), settle);
    return () => clearTimeout(timer);
  }, [key]);
  return settled;
}

/** The preview of what is settled, and of nothing else; one that nobody waits for any more is let go of. */
export function previewQuery<T>(of: QueryKey, settled: string, ready: boolean, preview: (signal: AbortSignal) => Promise<T>) {
  return queryOptions({
    queryKey: ['preview', ...of],
    queryFn: ({ signal }) => preview(signal),
    enabled: ready && settled === hashKey(of),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
}
