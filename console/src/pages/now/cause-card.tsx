import { Link } from '@tanstack/react-router';
import { Fragment, lazy, Suspense, useState } from 'react';
import type { NotRunGroup } from '../../api/types';
import { isAll } from '../../app/scope-name';
import { useMay } from '../../app/session';
import { Button } from '../../parts/button';
import { outcomeOf, type Outcome } from '../../parts/outcome/mark';
import { Listed, Sentence } from '../../parts/sentence';
import { WhyLink } from '../../parts/why-link';
import { texts } from '../../texts';
import { FailedRunsLink } from '../why/failed-runs-link';
import { NodesLink } from '../why/nodes-link';
import { withoutRoutes } from '../why/remedy';
import { RemedyButtons } from '../why/remedy-buttons';
import { Need } from './need';
import { isMadeUp } from './needs';
import styles from './now.module.css';
import { cellOf, elsewhereFor, fillingOf, isRerunByFilling, listOf, pressedFor } from './remedies';

const RemedyDialog = lazy(() => import('../why/remedy-dialog'));
const words = texts.now.needs;

/** What did not run for one cause: of which schedules and tenants it is, and what to do about it. */
export const CauseCard = ({ scope, of: group }: { scope: string; of: NotRunGroup }) => (
  <Need
    of={markOf(group)}
    sentence={group.sentence}
    text={withoutRoutes(group.remedy)}
    more={
      <>
        <Schedules scope={scope} of={group} />
        {isAll(scope) && <Tenants scope={scope} of={group} />}
      </>
    }
  >
    {group.examples.slice(0, 1).map((example) => (
      <Fragment key={example.at}>
        <Acts scope={scope} of={group} at={example} />
        <WhyLink className={styles.link} tenant={example.tenant} of={example} at={example.at} />
        {group.schedules === 1 && group.actions.includes('see-failed-runs') && (
          <FailedRunsLink tenant={example.tenant} scheduleId={example.scheduleId} className={styles.link}>
            {words.runs}
          </FailedRunsLink>
        )}
        <NodesLink actions={group.actions} className={styles.link} />
        {listOf(group)?.of === 'runs' && group.verdict !== 'paused' && (
          <ListLink scope={group.tenants === 1 ? example.tenant : scope} of={group} className={styles.link}>
            {words.runs}
          </ListLink>
        )}
      </Fragment>
    ))}
  </Need>
);

// What a pause kept back is skipped by now, as the ledger has it; held is what one holds still.
const markOf = (group: NotRunGroup): Outcome =>
  isMadeUp(group) ? 'succeeded' : group.verdict === 'paused' ? (group.open ? 'paused' : 'skipped') : outcomeOf(group.verdict);

/** To all that it is of, in the ledger or among the schedules; what has no list has no link. */
function ListLink({ scope, of, className, children }: { scope: string; of: NotRunGroup; className: string | undefined; children: string }) {
  const list = listOf(of);
  return list?.of === 'runs' ? (
    <Link className={className} to="/t/$scope/runs" params={{ scope }} search={list.search}>
      {children}
    </Link>
  ) : list ? (
    <Link className={className} to="/t/$scope/schedules" params={{ scope }} search={list.search}>
      {children}
    </Link>
  ) : (
    children
  );
}

const More = ({ scope, of, n }: { scope: string; of: NotRunGroup; n: number }) => (
  <ListLink scope={scope} of={of} className={styles.inline}>
    {words.moreOf(n)}
  </ListLink>
);

/** Which schedules a cause is of, each leading to why. */
function Schedules({ scope, of: group }: { scope: string; of: NotRunGroup }) {
  const { examples, schedules } = group;
  return (
    <p>
      <Listed
        of={[
          ...examples.map((example) => (
            <WhyLink key={example.scheduleId} className={styles.inline} tenant={example.tenant} of={example} at={example.at}>
              {isAll(scope) ? texts.now.ofTenant(example.name ?? words.unnamed, example.tenant) : (example.name ?? words.unnamed)}
            </WhyLink>
          )),
          ...(schedules > examples.length ? [<More key="more" scope={scope} of={group} n={schedules - examples.length} />] : []),
        ]}
      />
    </p>
  );
}

/** Which tenants it is of, each leading to what else needs somebody there. */
function Tenants({ scope, of: group }: { scope: string; of: NotRunGroup }) {
  const { ofTenants, tenants } = group;
  return (
    <p>
      <Sentence
        of={words.tenants(tenants)}
        tenants={
          <Listed
            of={[
              ...ofTenants.map((tenant) => (
                <Link key={tenant} className={styles.inline} to="/t/$scope/now" params={{ scope: tenant }}>
                  {tenant}
                </Link>
              )),
              ...(tenants > ofTenants.length ? [<More key="more" scope={scope} of={group} n={tenants - ofTenants.length} />] : []),
            ]}
          />
        }
      />
    </p>
  );
}

type Example = NotRunGroup['examples'][number];

function Acts({ scope, of: group, at: { tenant, installId, scheduleId, name, at: instant } }: { scope: string; of: NotRunGroup; at: Example }) {
  const may = useMay();
  const [filling, setFilling] = useState(false);
  const of = { at: { tenant, installId, scheduleId }, name: name ?? words.unnamed, instant };
  return (
    <>
      <RemedyButtons
        {...of}
        calm
        remedies={pressedFor(group, may)}
        filling={fillingOf(group)}
        runId={group.causes.find((cause) => cause.ref?.kind === 'run')?.ref?.id}
      />
      {may.change && isRerunByFilling(group) && (
        <>
          <Button onPress={() => setFilling(true)}>{words.runAgain}</Button>
          {filling && (
            <Suspense>
              <RemedyDialog {...of} remedy="backfill" filling={fillingOf(group)} runId={undefined} onClose={() => setFilling(false)} />
            </Suspense>
          )}
        </>
      )}
      {may.change && <Elsewhere scope={group.tenants === 1 ? tenant : scope} of={group} />}
    </>
  );
}

function Elsewhere({ scope, of: group }: { scope: string; of: NotRunGroup }) {
  const where = elsewhereFor(group);
  if (where === 'schedules') {
    return (
      <Link className={styles.link} to="/t/$scope/schedules" params={{ scope }} search={{ enabled: 'false' }}>
        {words.disabled}
      </Link>
    );
  }
  if (where === 'installs') {
    return (
      <Link className={styles.link} to="/t/$scope/installs" params={{ scope }}>
        {texts.shell.pages.installs}
      </Link>
    );
  }
  if (where === 'calendar') {
    return (
      <Link className={styles.link} to="/t/$scope/calendar" params={{ scope }} search={cellOf(group)}>
        {words.fillMany}
      </Link>
    );
  }
  return null;
}
