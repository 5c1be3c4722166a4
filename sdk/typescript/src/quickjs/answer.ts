import { failed } from '../component/serve.js';
import type { ExecuteRequest, ExecuteResponse } from '../http.js';
import { runJobs } from './jobs.js';
import { executeRequest } from './lift.js';
import * as lower from './lower.js';
import { fireTimer } from './timers.js';

/**
 * Makes the component's export of what serves requests by promises: runs all that is queued, as engines with an event loop do. Every call of
 * the host has its result when it returns, so with nothing left to run nothing can come any more.
 */
export function answer(serve: (request: ExecuteRequest) => Promise<ExecuteResponse>): (request: ExecuteRequest) => ExecuteResponse {
  return (given) => {
    const request = executeRequest(given);
    let end = (): ExecuteResponse => failed(request, new Error('The handler waits for a promise that nothing settles any more.'));
    void serve(request).then(
      (response) => (end = () => response),
      (thrown) =>
        (end = () => {
          throw thrown;
        }),
    );
    do {
      runJobs();
    } while (fireTimer());
    return lower.response(end());
  };
}
