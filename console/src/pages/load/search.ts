import { isDay } from '../calendar/dates';
import { readInstant } from '../schedule/search';

/** The day that is looked at by minute, and the step whose schedules are shown. */
export type LoadSearch = { day?: string | undefined; at?: string | undefined };

/** Every key is answered, for the router keeps what stands in the address of one that is not. */
export const readSearch = ({ day, at }: Record<string, unknown>): LoadSearch => ({ day: isDay(day) ? day : undefined, at: readInstant(at) });
