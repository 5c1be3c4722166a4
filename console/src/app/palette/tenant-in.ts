/** What is looked for, and in which tenant. */
export type InTenant = { tenant: string; q: string };

/** The tenant that the last word names, or the first, and what the others are then: `price feed of alpenrose`, `alpenrose price feed`. */
export function tenantIn(typed: string, tenants: readonly string[]): InTenant | undefined {
  const words = typed.trim().split(/\s+/);
  const [first = '', last = ''] = [words[0], words.at(-1)];
  const before = words.slice(0, words.at(-2)?.toLowerCase() === 'of' ? -2 : -1).join(' ');
  const [behind, ahead] = [named(last, tenants), named(first, tenants)];
  const q = words.slice(1).join(' ');
  return behind && before ? { tenant: behind, q: before } : ahead && q ? { tenant: ahead, q } : undefined;
}

// One letter or two are the beginning of a name as often as they are a word of their own.
const least = 3;

function named(word: string, tenants: readonly string[]): string | undefined {
  const text = word.toLowerCase();
  const begun = text.length < least ? [] : tenants.filter((tenant) => tenant.toLowerCase().startsWith(text));
  return tenants.find((tenant) => tenant.toLowerCase() === text) ?? (begun.length === 1 ? begun[0] : undefined);
}
