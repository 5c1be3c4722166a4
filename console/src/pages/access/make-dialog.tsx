import { useState } from 'react';
import { makeToken, type Token } from '../../api/tokens';
import { now } from '../../app/clock';
import { isAll } from '../../app/scope-name';
import { useMay } from '../../app/session';
import { FormDialog } from '../../parts/dialog/form-dialog';
import { Choice } from '../../parts/form/choice';
import { Field } from '../../parts/form/field';
import { Tick } from '../../parts/form/tick';
import { texts } from '../../texts';
import styles from './access.module.css';
import { errorOf, expiresIn, lifetimeNames, readNames } from './standing';

const words = texts.access.make;
const ofTenants = new Set(['admin', 'viewer', 'gateway']);

export const lifetimeOptions = [...lifetimeNames, 'never'].map((value) => ({ value, text: words.lifetimes[value] ?? value }));

/** Makes a token that may do no more than its maker. */
export function MakeDialog({ scope, onMade, onClose }: { scope: string; onMade: (token: Token) => void; onClose: () => void }) {
  const may = useMay();
  const [name, setName] = useState('');
  const [role, setRole] = useState(may.operate ? 'admin' : 'viewer');
  const [tenants, setTenants] = useState(isAll(scope) ? '' : scope);
  const [every, setEvery] = useState(false);
  const [prefixes, setPrefixes] = useState('');
  // The instant is of the dialog: asked for again it is the same request, which makes nothing twice.
  const [opened] = useState(now);
  const [lifetime, setLifetime] = useState('90');
  const roles = may.operate ? ['operator', 'publisher', 'admin', 'viewer', 'gateway'] : ['admin', 'viewer'];
  const tenantsToo = ofTenants.has(role);
  async function submit(): Promise<void> {
    onMade(
      await makeToken({
        name: name.trim(),
        role,
        ...(tenantsToo ? { tenants: every ? ['*'] : readNames(tenants) } : {}),
        ...(role === 'publisher' && readNames(prefixes).length > 0 ? { extensionPrefixes: readNames(prefixes) } : {}),
        expires: expiresIn(lifetime, opened),
      }),
    );
  }
  return (
    <FormDialog
      title={words.title}
      submit={words.submit}
      ready={name.trim() !== '' && (!tenantsToo || every || readNames(tenants).length > 0)}
      onSubmit={submit}
      onClose={onClose}
    >
      {(errors) => (
        <>
          <Field label={words.name} hint={words.nameHint} value={name} onChange={setName} error={errors.name} maxLength={100} isRequired autoFocus />
          <Choice
            label={words.role}
            value={role}
            onChange={setRole}
            options={roles.map((value) => ({ value, text: texts.shell.roles[value] ?? value, hint: words.roles[value] ?? '' }))}
          />
          {errors.role && <p className={styles.error}>{errors.role}</p>}
          {tenantsToo && may.seeAll && (
            <Tick isSelected={every} onChange={setEvery}>
              {words.everyTenant}
            </Tick>
          )}
          {tenantsToo && !every && (
            <Field label={words.tenants} hint={words.tenantsHint} value={tenants} onChange={setTenants} error={errorOf(errors, 'tenants')} />
          )}
          {role === 'publisher' && (
            <Field
              label={words.prefixes}
              hint={words.prefixesHint}
              value={prefixes}
              onChange={setPrefixes}
              error={errorOf(errors, 'extensionPrefixes')}
              placeholder="com.acme."
            />
          )}
          <Choice label={words.expires} value={lifetime} onChange={setLifetime} options={lifetimeOptions} />
          {errors.expires && <p className={styles.error}>{errors.expires}</p>}
        </>
      )}
    </FormDialog>
  );
}
