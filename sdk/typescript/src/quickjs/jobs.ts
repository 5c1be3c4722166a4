import { describeError } from '../component/route-console.js';

// The engine runs what its own promises queue only while the build evaluates the script, never in a call. So promises are a
// library's, and what they queue lies here.
let jobs: (() => void)[] = [];

export function queueJob(job: () => void): void {
  jobs.push(job);
}

/** Runs what is queued, in order, and what that queues in turn, until there is nothing left. */
export function runJobs(): void {
  while (jobs.length > 0) {
    const batch = jobs;
    jobs = [];
    for (const job of batch) {
      run(job);
    }
  }
}

/** Runs a callback whose error nobody could catch. */
export function run(callback: () => void): void {
  try {
    callback();
  } catch (thrown) {
    console.error(describeError(thrown));
  }
}
