import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { beginningQuery, doneAboutQuery } from '../../api/audit-log';
import { isOver } from '../../api/skips';
import type { Audit } from '../../api/types';
import { now } from '../../app/clock';
import { own } from '../../app/own';
import { isAll } from '../../app/scope-name';
import { useMay } from '../../app/session';
import { Button } from '../../parts/button';
import { CopyButton } from '../../parts/copy-button';
import { Dialog } from '../../parts/dialog/dialog';
import { Fact } from '../../parts/fact';
import { changedFields } from '../../parts/field-changes';
import { When } from '../../parts/time/when';
import { number, texts } from '../../texts';
import styles from './audit.module.css';
import { Outcome } from './columns';
import { detailOf, didOf, whoOf } from './said';
import { thingOf } from './search';
import { isOfMany, minute, partOf, togetherWith } from './together';
import type { BulkAt } from './undo-bulk-dialog';
import { Values } from './values';

const words = texts.audit.entry;

type Props = {
  scope: string;
  entry: Audit;
  onUndo: () => void;
  onUndoBulk: (of: readonly BulkAt[]) => void;
  onOther: (id: string) => void;
  onOf: (target: string) => void;
  onClose: () => void;
};

/** A thing by what it is called, or else by its id. */
function Named({ id, names }: { id: string; names: Audit['names'] }) {
  const name = own(names, id);
  return name ? <span title={id}>{name}</span> : <code>{id}</code>;
}

/** Those of other tenants that were begun together with a change of many, or its undo, and itself, for whoever sees all tenants; none of any other entry. */
function useTogether(entry: Audit): readonly Audit[] {
  const { seeAll } = useMay();
  const { data } = useQuery({ ...doneAboutQuery(entry, minute), enabled: seeAll && isOfMany(entry) });
  return useMemo(() => (data ? togetherWith(entry, data.items) : []), [entry, data]);
}

/** All that an entry says, and the way back if there is one. */
export function EntryDialog({ scope, entry, onUndo, onUndoBulk, onOther, onOf, onClose }: Props) {
  const may = useMay();
  const { changes, installId, names, target } = entry;
  const byInstall = entry.action === 'install.upgrade' || entry.action === 'install.rollback';
  const isBulk = entry.action === 'tenant.bulk';
  const changed = isBulk || (changes && changes.length > 0 && !byInstall && !isOver(entry, now()));
  const undoable = entry.outcome === 'done' && changed && (isAll(scope) ? may.operate : may.change);
  const together = useTogether(entry);
  const part = partOf(entry);
  const whole = useQuery({ ...beginningQuery(entry.tenant ?? scope, part?.id ?? ''), enabled: part !== undefined });
  const bulksOf = (entries: readonly Audit[]) => entries.map((one) => ({ tenant: one.tenant ?? scope, id: one.target ?? '' }));
  const schedule = thingOf(entry.action) === 'schedule' && installId && target && target !== installId;
  return (
    <Dialog
      title={words.title(whoOf(entry), didOf(entry))}
      onClose={onClose}
      wide
      footer={
        <>
          <CopyButton of={() => JSON.stringify(entry, undefined, 2)}>{words.copy}</CopyButton>
          {undoable && <Button onPress={isBulk ? () => onUndoBulk(bulksOf([entry])) : onUndo}>{words.undo}</Button>}
          {undoable && together.length > 1 && (
            <Button onPress={() => onUndoBulk(bulksOf(together))}>{words.undoTogether(together.length)}</Button>
          )}
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
          {didOf(entry)} <code className={styles.muted}>{entry.action}</code>
        </Fact>
        <Fact name={words.outcome}>
          <Outcome of={entry} /> <span className={styles.muted}>{texts.audit.outcomeHints[entry.outcome]}</span>
        </Fact>
        {target && (
          <Fact name={words.target}>
            <Named id={target} names={names} />{' '}
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
            <Named id={installId} names={names} />{' '}
            {byInstall && !isAll(scope) && (
              <Link className={styles.link} to="/t/$scope/installs/$installId" params={{ scope, installId }}>
                {words.openInstall}
              </Link>
            )}
          </Fact>
        )}
        {entry.count != null && <Fact name={words.count}>{number(entry.count)}</Fact>}
        {entry.detail && <Fact name={words.detail}>{detailOf(entry)}</Fact>}
        {part && whole.data && (
          <Fact name={words.partOf}>
            {didOf(whole.data)}{' '}
            <Button look="quiet" onPress={() => onOther(whole.data?.id ?? '')}>
              {words.earlier}
            </Button>
          </Fact>
        )}
        {entry.undoes && (
          <Fact name={words.undoes}>
            <code>{entry.undoes}</code>{' '}
            <Button look="quiet" onPress={() => onOther(entry.undoes ?? '')}>
              {words.earlier}
            </Button>
          </Fact>
        )}
        {together.length > 1 && (
          <Fact name={words.together}>
            {words.togetherIn(together.length)} <span className={styles.muted}>{words.togetherHint}</span>
            <ul className={styles.tenants} tabIndex={0} aria-label={words.together}>
              {together.map((one) => (
                <li key={one.id}>
                  <Button look="quiet" isDisabled={one.id === entry.id} onPress={() => onOther(one.id)}>
                    {words.openOf(one.tenant ?? '', detailOf(one))}
                  </Button>
                </li>
              ))}
            </ul>
          </Fact>
        )}
        <Fact name={words.id}>
          <code>{entry.id}</code>
        </Fact>
      </dl>
      {changes && changes.length > 0 && <Values label={words.changes} changes={changedFields(changes)} names={names} />}
    </Dialog>
  );
}
