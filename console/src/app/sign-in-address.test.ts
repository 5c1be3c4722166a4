import { describe, expect, it, vi } from 'vitest';
import { isOwnMachine, takeCode } from './sign-in-address';

function take(hash: string) {
  const replaceState = vi.fn();
  const code = takeCode({ hash, pathname: '/t/acme/now', search: '?a=b' }, { state: { at: 1 }, replaceState });
  return { code, replaceState };
}

describe('takeCode', () => {
  it('gives the code and leaves the rest of the address', () => {
    const { code, replaceState } = take('#sign-in=a%2Fb');
    expect(code).toBe('a/b');
    expect(replaceState).toHaveBeenCalledExactlyOnceWith({ at: 1 }, '', '/t/acme/now?a=b');
  });

  it('takes out what it cannot decode too', () => {
    const { code, replaceState } = take('#sign-in=%E0%A4');
    expect(code).toBe('%E0%A4');
    expect(replaceState).toHaveBeenCalledOnce();
  });

  it('leaves other places of a page alone', () => {
    const { code, replaceState } = take('#content');
    expect(code).toBeUndefined();
    expect(replaceState).not.toHaveBeenCalled();
  });
});

describe('isOwnMachine', () => {
  it.each(['localhost', 'console.localhost', '127.0.0.1', '127.1.2.3', '[::1]'])('is %s', (host) => expect(isOwnMachine(host)).toBe(true));
  it.each(['example.com', '127.0.0.1.example.com', 'localhost.example.com', '128.0.0.1', '10.0.0.1', '127.example.com'])('is not %s', (host) =>
    expect(isOwnMachine(host)).toBe(false),
  );
});
