// What this browser remembers of how somebody likes to look at things. Nothing secret, and nothing breaks when storage is switched off.
const name = (key: string) => `escapement.${key}`;

export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(name(key));
  } catch {
    return null;
  }
}

export function remember(key: string, value: string | null): void {
  try {
    if (value === null) {
      localStorage.removeItem(name(key));
    } else {
      localStorage.setItem(name(key), value);
    }
  } catch {
    // A browser that keeps nothing: the choice holds for as long as the page is open.
  }
}
