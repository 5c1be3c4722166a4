const [minute, hour] = [60_000, 3_600_000];

/** The parts of a time that a forecast is asked for, until an instant: whole hours, and the minutes of the last one. */
export function partsUntil(until: number, from: number): Array<{ by: 'hour' | 'minute'; from?: string; to: string }> {
  const end = Math.ceil(until / minute) * minute;
  const lastHour = Math.floor(end / hour) * hour;
  const minutes = { by: 'minute' as const, to: new Date(end).toISOString() };
  if (lastHour <= from) {
    return [minutes];
  }
  const hours = { by: 'hour' as const, to: new Date(lastHour).toISOString() };
  return end > lastHour ? [hours, { ...minutes, from: hours.to }] : [hours];
}
