import { fill } from '../words';

/** What happened, what was kept, what to try: the last two by the server's word for the problem. */
export const errors = {
  unreachable: {
    title: 'The server does not answer',
    kept: 'Nothing was changed that you were not told of.',
    attempt: 'Look at your connection; the page asks again by itself.',
  },
  noAnswer: { title: 'The server did not answer', kept: '', attempt: 'It may have been done: look before you try again.' },
  crashed: { title: 'This part of the page broke', kept: 'What was sent before is not taken back.', attempt: 'Try it again. If it stays so, reload the page.' },
  notLoaded: {
    title: 'This page could not be loaded',
    kept: 'Nothing was changed.',
    attempt: 'The host does not answer, or was updated: the page comes by itself once it answers.',
  },
  stale: { title: 'The console was updated', kept: 'Nothing was changed.', attempt: 'Reload the page to go on.' },
  notFound: {
    title: 'There is nothing here',
    kept: 'It was removed, was never there, or belongs to a tenant that you have no access to.',
    attempt: 'Go back, or find it with Ctrl K.',
  },
  status: (code: number) => fill('The answer was of status {code}', { code: String(code) }),
  changedMeanwhile: 'It is not as it was shown',
  again: 'Try again',
  unchanged: 'Nothing was changed.',
  trace: (id: string) => fill('Trace {id} finds it in the server’s log.', { id }),
  retryIn: (seconds: number) => fill('Try again in {seconds} s.', { seconds }),
  attempts: {
    'changed-meanwhile': 'Somebody changed it since you opened it. Look at what changed, then make your change again.',
    'preview-outdated': 'Things changed since the preview. Look at a new one.',
    'preview-expired': 'A preview is good for 15 minutes. Look at a new one.',
    'preview-used': 'It was done already. Look at what is there now.',
    'already-running': 'Wait for the run that is open, or look at it.',
    'install-disabled': 'Enable the install first.',
    'schedule-disabled': 'Enable the schedule first.',
    'operators-pause': 'An operator paused it, so an operator has to resume it.',
    paused: 'Resume the tenant or the host first.',
    'quota-exceeded': 'Delete what is not needed any more, or ask an operator for more.',
    'store-unavailable': 'The server has lost its database. It asks again by itself; try later.',
    'rate-limited': 'Too many changes in a short time. Wait a moment.',
    'bulk-under-way': 'A change of many is under way for this tenant. Wait for it, or cancel it.',
    forbidden: 'Your role may not do this. An operator or admin can.',
    'validation-failed': 'Mend the fields that are named, and send it again.',
    'internal-error': 'This is a bug of the server. Try again; if it stays so, tell an operator.',
  } as Record<string, string>,
};
