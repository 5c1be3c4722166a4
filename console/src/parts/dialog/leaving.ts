/** Has the browser ask before a page is reloaded, closed or left for another site; until what it answers is called. */
export function askBeforeLeaving(page: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>): () => void {
  const ask = (event: Event) => event.preventDefault();
  page.addEventListener('beforeunload', ask);
  return () => page.removeEventListener('beforeunload', ask);
}
