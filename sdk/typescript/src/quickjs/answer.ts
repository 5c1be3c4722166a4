import { failed } from '../component/serve.js';
import type { ExecuteRequest, ExecuteResponse } from '../http.js';
import { runJobs } from './jobs.js';
import { executeRequest } from './lift.js';
import * as lower from './lower.js';
import { fireTimer } from './timers.js';

/**
 * Makes the component's export of what serves requests by promises: runs what is queued until the answer is there. Every call of the host has its
 * result when it returns, so with nothing left to run nothing can come any more.
 */
export function answer(serve: (request: ExecuteRequest) => Promise<ExecuteResponse>): (request: ExecuteRequest) => ExecuteResponse {
  return (given) => {
    const request = executeRequest(given);
    let answered: ExecuteResponse | undefined;
    void serve(request).then((response) => (answered = response));
    do {
      runJobs();
    } while (answered === undefined && fireTimer());
    return lower.response(answered ?? failed(request, new Error('The handler waits for a promise that nothing settles any more.')));
  };
}
