import { fill, plural } from '../words';

export const extensions = {
  title: 'Extensions',
  headline: (n: number, compiling: number, refused: number) =>
    compiling > 0 ? plural(compiling, { one: '{n} version is being compiled', other: '{n} versions are being compiled' })
    : refused > 0 ? plural(refused, { one: '{n} extension cannot run here', other: '{n} extensions cannot run here' })
    : plural(n, { zero: 'Nothing is published yet', one: '{n} extension, ready to install', other: '{n} extensions, ready to install' }),
  sub: 'Published versions, the same for all tenants.',
  subTenant: (tenant: string) => fill('Published versions, and which of them {tenant} has.', { tenant }),
  search: 'A part of an id or a publisher',
  label: 'Extensions',
  columns: { id: 'Extension', latest: 'Published last', publisher: 'Publisher', when: 'When', state: 'Compilation', versions: 'Versions', has: 'Installed' },
  states: { pending: 'waits', compiling: 'compiling', compiled: 'compiled', refused: 'refused' } as Record<string, string>,
  stateHints: {
    pending: 'It waits for its turn to be compiled. It can be installed after that.', compiling: 'A node compiles it to native code. It can be installed after that.',
    compiled: 'It can be installed.', refused: 'It cannot run on this host.',
  } as Record<string, string>,
  away: 'The node that answers has no code of it yet, and takes or makes it when it is needed.',
  again: 'It is tried again', took: (how: string) => fill('Compiling it took {how}.', { how }),
  notHad: 'not installed', disabled: 'disabled',
  publish: {
    drop: 'Drop a bundle here to publish it', or: 'or', pick: 'Choose files…', hint: 'A .tar.zst, as escapement-extension build makes it.', region: 'Bundles that are published',
    states: { waiting: 'waits for its turn', sending: 'is sent', checking: 'is checked', published: 'is published', refused: 'was refused', stopped: 'was stopped' } as Record<string, string>,
    same: 'was there before, byte for byte', progress: (name: string) => fill('Sending {name}', { name }), size: (megabytes: string) => fill('{megabytes} MB', { megabytes }), stop: (name: string) => fill('Stop {name}', { name }), dismiss: (name: string) => fill('Dismiss {name}', { name }),
    problems: (n: number) => plural(n, { one: '{n} thing is wrong with it. Nothing was published.', other: '{n} things are wrong with it. Nothing was published.' }),
    warnings: (n: number) => plural(n, { one: '{n} thing in it is not known to this host:', other: '{n} things in it are not known to this host:' }), whole: 'the bundle', open: 'Open it',
  },
  empty: { none: 'Nothing is published yet', noneNext: 'Drop a bundle above, or publish from the command line:', command: 'curl -H "Authorization: Bearer $TOKEN" -H "content-type: application/zstd" \\\n  --data-binary @dist/com.acme.sync-1.0.0.tar.zst $URL/api/v1/extensions', found: 'No extension is so', foundNext: 'Search for less of its id.', others: 'Publishers and operators publish extensions.' },
  one: {
    versions: 'Versions', label: 'Versions of this extension', endpoints: 'Endpoints', endpointsNote: (version: string) => fill('of {version}', { version }), capabilities: 'Asks for', none: 'It asks for nothing.', manifest: 'Manifest', facts: 'This version', sha: 'sha256',
    published: 'Published', publisher: 'Publisher', state: 'Compilation', notSchedulable: 'not for schedules', noEndpoints: 'It has no endpoints.', columns: { version: 'Version', when: 'Published', state: 'Compilation', capabilities: 'Asks for', endpoints: 'Endpoints', has: 'Tenants' },
    headline: (id: string, version: string) => fill('{id} {version}', { id, version }), gone: 'No such extension is published, or none that you may see.',
    install: 'Install…', installIn: (tenant: string) => fill('Install in {tenant}…', { tenant }), openInstall: 'Open the install', withdraw: 'Withdraw…', holders: 'Who has it', holdersNone: 'No tenant has it.', holdersTenant: (tenant: string) => fill('{tenant} does not have it.', { tenant }),
    holdersLook: (n: number) => plural(n, { one: 'Look in {n} tenant', other: 'Look in {n} tenants' }), holdersCut: 'Only the first 200 tenants were looked at.', holdersOf: (n: number) => plural(n, { one: '{n} tenant', other: '{n} tenants' }),
    unsigned: 'Versions carry no signatures; the hash says which bytes they are.',
  },
  withdraw: {
    title: (what: string) => fill('Withdraw {what}', { what }), submit: 'Withdraw it', done: (what: string) => fill('{what} was withdrawn.', { what }),
    text: 'Its bundle goes and it cannot be installed any more. Its number stays taken: only the very same bytes can be published under it again. While a tenant has it, this is refused.',
  },
};
