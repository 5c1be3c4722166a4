/** What of a schedule's page stands in the address: the instant that is asked about, and how many days the picture shows. */
export type ScheduleSearch = { at?: string | undefined; days?: number | undefined };

export const ranges = [1, 7, 30, 90] as const;

/** An instant as addresses carry it, in UTC; undefined for anything else. */
export function readInstant(value: unknown): string | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** Every key is answered, for the router keeps what stands in the address of one that is not. */
export const readSearch = (search: Record<string, unknown>): ScheduleSearch => ({
  at: readInstant(search.at),
  days: ranges.find((range) => range === Number(search.days)),
});

/** How many days a picture shows at first: about as many as have forty to eighty runs, by the distance of the next two. */
export function rangeFor(occurrences: ReadonlyArray<{ at: string }> | undefined): number {
  const [first, second] = occurrences ?? [];
  const minutes = first && second ? (Date.parse(second.at) - Date.parse(first.at)) / 60_000 : Number.POSITIVE_INFINITY;
  return minutes <= 30 ? 1 : minutes <= 360 ? 7 : 30;
}
