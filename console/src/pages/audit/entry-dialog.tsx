import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Audit } from '../../api/types';
import { isAll } from '../../app/scope-name';
import { useMay } from '../../app/session';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog/dialog';
import { say, sayProblem } from '../../parts/feedback/toasts';
import { When } from '../../parts/time/when';
import { number, texts } from '../../texts';
import styles from './audit.module.css';
import { didOf, Outcome, whoOf } from './columns';
import { thingOf } from './search';
import { Values } from './values';

const words = texts.audit.entry;

type Props = {
  scope: string;
  entry: Audit;
  onUndo: () => void;
  onEarlier: (id: string) => void;
  onOf: (target: string) => void;
  onClose: () => void;
};

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** All that an entry says, and the way back if there is one. */
export function EntryDialog({ scope, entry, onUndo, onEarlier, onOf, onClose }: Props) {
  const may = useMay();
  const { changes, installId, names, target } = entry;
  const byInstall = entry.action === 'install.upgrade' || entry.action === 'install.rollback';
  const changed = entry.action === 'tenant.bulk' || (changes && changes.length > 0 && !byInstall);
  const undoable = entry.outcome === 'done' && changed && (isAll(scope) ? may.operate : may.change);
  const schedule = thingOf(entry.action) === 'schedule' && installId && target && target !== installId;
  const copy = () => void navigator.clipboard.writeText(JSON.stringify(entry, undefined, 2)).then(() => say(words.copied), sayProblem);
  return (
    <Dialog
      title={words.title(whoOf(entry), didOf(entry))}
      onClose={onClose}
      wide
      footer={
        <>
          {isSecureContext && <Button onPress={copy}>{words.copy}</Button>}
          {undoable && <Button onPress={onUndo}>{words.undo}</Button>}
        </>
      }
    >
      <dl className={styles.facts}>
        <Fact name={words.at}>
          <When at={entry.at} shown="full" />
        </Fact>
        <Fact name={words.who}>
          {entry.actor.id} <span className={styles.muted}>({texts.audit.kinds[entry.actor.kind] ?? entry.actor.kind})</span>
        </Fact>
        <Fact name={words.did}>
          <code>{entry.action}</code>
        </Fact>
        <Fact name={words.outcome}>
          <Outcome of={entry} /> <span className={styles.muted}>{texts.audit.outcomeHints[entry.outcome]}</span>
        </Fact>
        {target && (
          <Fact name={words.target}>
            {names?.[target] ? <span title={target}>{names[target]}</span> : <code>{target}</code>}{' '}
            {schedule && !isAll(scope) && (
              <Link className={styles.link} to="/t/$scope/schedules/$installId/$scheduleId" params={{ scope, installId, scheduleId: target }}>
                {words.schedule}
              </Link>
            )}
            <Button look="quiet" onPress={() => onOf(target)}>
              {words.ofTarget}
            </Button>
          </Fact>
        )}
        {entry.tenant && <Fact name={words.tenant}>{entry.tenant}</Fact>}
        {installId && (
          <Fact name={words.install}>
            {names?.[installId] ? <span title={installId}>{names[installId]}</span> : <code>{installId}</code>}{' '}
            {byInstall && !isAll(scope) && (
              <Link className={styles.link} to="/t/$scope/installs/$installId" params={{ scope, installId }}>
                {words.openInstall}
              </Link>
            )}
          </Fact>
        )}
        {entry.count != null && <Fact name={words.count}>{number(entry.count)}</Fact>}
        {entry.detail && <Fact name={words.detail}>{entry.detail}</Fact>}
        {entry.undoes && (
          <Fact name={words.undoes}>
            <code>{entry.undoes}</code>{' '}
            <Button look="quiet" onPress={() => onEarlier(entry.undoes ?? '')}>
              {words.earlier}
            </Button>
          </Fact>
        )}
        <Fact name={words.id}>
          <code>{entry.id}</code>
        </Fact>
      </dl>
      {changes && changes.length > 0 && <Values label={words.changes} changes={changes} names={names} />}
    </Dialog>
  );
}
