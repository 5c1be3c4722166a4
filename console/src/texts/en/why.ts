import { fill } from '../words';

export const why = {
  title: 'Why',
  ask: 'Another instant', askHint: 'Such as 2026-11-27 06:10, on the schedule’s clocks.', submit: 'Ask', wrong: 'Give a day and a time, such as 2026-11-27 06:10.',
  before: 'The one before', after: 'The one after', run: 'Look at the run', todo: 'What to do', chain: 'What led to it',
  of: (name: string) => fill('Why of {name}', { name }),
  nothing: 'Nothing has come due yet.',
  buttons: { rerun: 'Run it again…', resume: 'Resume…', enable: 'Enable…', backfill: 'Backfill…', takeBack: 'Take the skip back', page: 'On a page of its own' },
  verdicts: {
    succeeded: 'It succeeded', failed: 'It failed', running: 'It runs', queued: 'It is about to run', skipped: 'It was skipped', missed: 'It was missed', paused: 'It was paused', abandoned: 'It was given up',
    disabled: 'It was disabled', 'not-due': 'It was not due', 'will-run': 'It will run', 'will-not-run': 'It will not run', 'not-yet-created': 'It was not there yet', deleted: 'It was deleted', 'beyond-retention': 'Too long ago',
  } as Record<string, string>,
  rerun: { title: 'Run it again', text: 'A new run of the same occurrence, with the payload that it had and today’s endpoint.', submit: 'Run again', note: 'Note', done: 'It runs again.' },
};
