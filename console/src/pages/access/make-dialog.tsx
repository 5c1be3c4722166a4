import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { tenantsQuery } from '../../api/tenants';
import { makeToken, type Token } from '../../api/tokens';
import { now } from '../../app/clock';
import { isAll } from '../../app/scope-name';
import { useMay } from '../../app/session';
import { FormDialog } from '../../parts/dialog/form-dialog';
import { Choice } from '../../parts/form/choice';
import { Field } from '../../parts/form/field';
import { Tick } from '../../parts/form/tick';
import { list, texts } from '../../texts';
import { LifetimeChoice } from './lifetime-choice';
import { expiresIn, lifetimesWithin, mine } from './lifetimes';
import { notAmong, readNames } from './standing';

const words = texts.access.make;
const ofTenants = new Set(['admin', 'viewer', 'gateway']);

type Props = {
  scope: string;
  /** When the token ends that its maker uses. */
  own: string | null | undefined;
  onMade: (token: Token) => void;
  onClose: () => void;
};

/** Makes a token that may do no more than its maker, and for no longer. */
export function MakeDialog({ scope, own, onMade, onClose }: Props) {
  const may = useMay();
  const [name, setName] = useState('');
  const [role, setRole] = useState(may.operate ? 'admin' : 'viewer');
  const [tenants, setTenants] = useState(isAll(scope) ? '' : scope);
  const [every, setEvery] = useState(false);
  const [prefixes, setPrefixes] = useState('');
  // The instant is of the dialog: asked for again it is the same request, which makes nothing twice.
  const [opened] = useState(now);
  const [chosen, setChosen] = useState<string>();
  const lifetimes = lifetimesWithin(own, opened);
  const lifetime = chosen ?? (lifetimes.includes('90') ? '90' : mine);
  const roles = may.operate ? ['operator', 'publisher', 'admin', 'viewer', 'gateway'] : ['admin', 'viewer'];
  const tenantsToo = ofTenants.has(role);
  const known = useQuery({ ...tenantsQuery, enabled: may.seeAll && tenantsToo });
  const unknown = known.data ? notAmong(readNames(tenants), known.data) : [];
  async function submit(): Promise<void> {
    onMade(
      await makeToken({
        name: name.trim(),
        role,
        ...(tenantsToo ? { tenants: every ? ['*'] : readNames(tenants) } : {}),
        ...(role === 'publisher' && readNames(prefixes).length > 0 ? { extensionPrefixes: readNames(prefixes) } : {}),
        expires: expiresIn(lifetime, opened, own),
      }),
    );
  }
  return (
    <FormDialog title={words.title} submit={words.submit} onSubmit={submit} onClose={onClose}>
      <Field
        label={words.name}
        hint={words.nameHint}
        value={name}
        onChange={setName}
        name="name"
        missing={name.trim() === '' ? words.nameMissing : undefined}
        maxLength={100}
        isRequired
        autoFocus
      />
      <Choice
        label={words.role}
        value={role}
        onChange={setRole}
        name="role"
        options={roles.map((value) => ({ value, text: texts.shell.roles[value] ?? value, hint: words.roles[value] ?? '' }))}
      />
      {tenantsToo && may.seeAll && (
        <Tick isSelected={every} onChange={setEvery}>
          {words.everyTenant}
        </Tick>
      )}
      {tenantsToo && !every && (
        <Field
          label={words.tenants}
          hint={unknown.length > 0 ? words.tenantsUnknown(list(unknown), unknown.length) : words.tenantsHint}
          value={tenants}
          onChange={setTenants}
          name="tenants"
          missing={readNames(tenants).length === 0 ? words.tenantsMissing : undefined}
        />
      )}
      {role === 'publisher' && (
        <Field
          label={words.prefixes}
          hint={words.prefixesHint}
          value={prefixes}
          onChange={setPrefixes}
          name="extensionPrefixes"
          placeholder="com.acme."
        />
      )}
      <LifetimeChoice label={words.expires} value={lifetime} among={lifetimes} own={own} onChange={setChosen} />
    </FormDialog>
  );
}
