import { fill, plural } from '../words';

export const access = {
  title: 'Access',
  headline: (n: number) => plural(n, { zero: 'No token lets anybody in', one: '{n} token lets somebody in', other: '{n} tokens let somebody in' }),
  soon: (n: number) => plural(n, { one: '{n} of them expires within a week.', other: '{n} of them expire within a week.' }),
  unused: (n: number) => plural(n, { one: '{n} has not been used for a month.', other: '{n} have not been used for a month.' }),
  reach: (tenant: string) => fill('Those that reach {tenant}.', { tenant }),
  all: 'Those that you may see.',
  label: 'Tokens',
  columns: { name: 'Name', role: 'Role', reach: 'Reaches', used: 'Last used', expires: 'Expires', by: 'Made by', act: '' },
  never: 'never', neverUsed: 'never used', allTenants: 'all tenants', allExtensions: 'all extensions', under: (prefixes: string) => fill('extensions under {prefixes}', { prefixes }),
  standing: { expired: 'expired', soon: 'expires soon', grace: 'two secrets', unused: 'unused' } as Record<string, string>,
  graceUntil: 'its old secret still lets in, until',
  act: { rotate: 'Rotate…', revoke: 'Revoke…' },
  make: {
    open: 'Make a token…', title: 'Make a token', submit: 'Make it', name: 'Name', nameHint: 'What the audit calls whoever bears it.', role: 'Role', tenants: 'Tenants', tenantsHint: 'Names with commas between.',
    everyTenant: 'All tenants, those to come too', prefixes: 'Extensions', prefixesHint: 'What their ids begin with, such as com.acme. with the dot at its end. Empty means all of them.', expires: 'Good for',
    lifetimes: { '1': 'a day', '7': 'a week', '30': '30 days', '90': '90 days', '365': 'a year', never: 'ever' } as Record<string, string>,
    roles: { operator: 'Everything, on the whole host', publisher: 'Publishes extensions', admin: 'Everything of its tenants', viewer: 'Looks, and changes nothing', gateway: 'Calls extensions on behalf of users' } as Record<string, string>,
  },
  secret: {
    title: (name: string) => fill('The secret of {name}', { name }), once: 'It is shown this once: the host keeps no copy of it. Whoever has it may do what the token may.', label: 'Secret', copy: 'Copy it', copied: 'The secret was copied.', done: 'I have it', use: 'It goes behind Bearer:',
    old: 'The secret before still lets in, until',
  },
  rotate: {
    title: (name: string) => fill('Rotate {name}', { name }), text: 'It gets another secret, which you are shown once. Where the old one is used, put the new one within the grace.', submit: 'Rotate it', grace: 'The old secret lets in for', expires: 'The token is good for', keep: 'as long as before',
    graces: { '0': 'no longer: it ends at once', '3600': 'an hour more', '86400': 'a day more', '604800': 'a week more' } as Record<string, string>,
    ends: 'Without a grace, browsers that signed in with it are signed out.',
  },
  revoke: {
    title: (name: string) => fill('Revoke {name}', { name }), submit: 'Revoke it', done: (name: string) => fill('{name} lets nobody in any more.', { name }),
    text: 'Its secret lets nobody in any more: here at once, on other nodes within five seconds. Browsers that signed in with it are signed out. This cannot be undone; a new token can be made.',
    used: 'It was last used', own: 'You signed in under this name. If this is the token that you signed in with, you are signed out too.',
    made: (n: number, names: string) => fill(plural(n, { one: 'It made {n} token, which goes on: {names}', other: 'It made {n} tokens, which go on: {names}' }), { names }),
    last: 'Revoke it all the same: nobody can operate the host then, and no route makes such a token again',
  },
  session: { title: 'Your session', name: 'Signed in as', role: 'Role', tenants: 'Tenants', ends: 'Ends', endsHint: 'It ends after eight hours without use, too.', program: 'You are here by a token alone; it has no end of its own.' },
  empty: { none: 'No token reaches this tenant', noneNext: 'Operators make tokens for all roles, admins of a tenant for admins and viewers of it.' },
};
