import { apiAddress } from '../app/places';
import { noteStatus } from './client';
import type { Version } from './extensions';
import { Refused, Unreachable } from './problem';

/** Sends a bundle and tells how much of it is on its way. `fresh` is false if the very same bytes were there before. */
export function publish(bundle: Blob, told: (part: number) => void, signal: AbortSignal): Promise<{ version: Version; fresh: boolean }> {
  return new Promise((resolve, reject) => {
    // fetch tells nothing of what it has sent.
    const request = new XMLHttpRequest();
    request.open('POST', apiAddress('/api/v1/extensions'));
    request.setRequestHeader('content-type', 'application/zstd');
    request.setRequestHeader('x-escapement-console', '1');
    request.responseType = 'text';
    request.upload.onprogress = ({ loaded, total, lengthComputable }) => lengthComputable && told(loaded / total);
    request.onload = () => {
      noteStatus(request.status);
      const body = parse(request.responseText);
      if (request.status === 200 || request.status === 201) {
        resolve({ version: body as Version, fresh: request.status === 201 });
      } else {
        reject(new Refused(request.status, body, request.getResponseHeader('retry-after')));
      }
    };
    request.onerror = () => reject(new Unreachable(undefined));
    request.onabort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(bundle);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Something between here and the server answered.
    return undefined;
  }
}
