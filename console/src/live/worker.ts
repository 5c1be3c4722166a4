import { browser, Hub } from './hub';
import type { FromPage } from './protocol';

// One for all tabs of this browser that have the console open.
const hub = new Hub(browser);

addEventListener('connect', (event) => {
  const port = (event as MessageEvent).ports[0];
  if (port) {
    const say = hub.join((message) => port.postMessage(message));
    port.addEventListener('message', (message) => say(message.data as FromPage));
    port.start();
  }
});
