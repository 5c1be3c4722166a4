// Where the console and the API lie. The server writes both into index.html, for its path base and the path that the console is mapped at.
const content = (name: string) => document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content || '/';
const absolute = (path: string) => (path === './' ? '/' : path.endsWith('/') ? path : `${path}/`);

/** The console's own root, such as `/` or `/a/b/`. */
export const base = absolute(content('escapement-base'));

/** What `api/v1/…` is below of, such as `/` or `/a/`. */
export const apiRoot = new URL(absolute(content('escapement-api')), location.origin).href;

/** The address of something of the API that a browser opens by itself: a stream, a download, the provider's sign-in. */
export const apiAddress = (path: string) => new URL(path.replace(/^\//, ''), apiRoot).href;
