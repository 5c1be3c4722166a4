import { leavesOpen, Refused } from './problem';

const header = 'Idempotency-Key';

/** Keys of requests to which no answer came, by what they asked for: the same thing sent again is the same thing. */
const unanswered = new Map<string, string>();
const askedBy = new WeakMap<Request, string>();

/** The header by which a request that is sent again makes nothing twice. What is sent again after no answer came keeps the key that it had. */
export function once(): { 'Idempotency-Key': string } {
  // randomUUID is missing on plain HTTP from elsewhere; these random bits are there everywhere.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return { [header]: Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('') };
}

/** A dialog was opened: what is asked for in it is meant anew, though it be the same as what somebody gave up on before. */
export const meanAnew = () => unanswered.clear();

/** Before a request goes out: its key is the one of the same request that had no answer. Another address or body is another wish, with its own key. */
export async function keepKey(request: Request): Promise<void> {
  const key = request.headers.get(header);
  if (!key) {
    return;
  }
  const asked = `${request.method} ${request.url}\n${await request.clone().text()}`;
  askedBy.set(request, asked);
  const kept = unanswered.get(asked) ?? key;
  unanswered.set(asked, kept);
  request.headers.set(header, kept);
}

/** After its answer: the wish is settled, unless the answer leaves open whether it was carried out. */
export async function settleKey(request: Request, response: Response): Promise<void> {
  const asked = askedBy.get(request);
  if (asked !== undefined && !leavesOpen(new Refused(response.status, await response.clone().json().catch(() => undefined)))) {
    unanswered.delete(asked);
  }
}
