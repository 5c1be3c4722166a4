import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { endSession, sessionsQuery, type ListedSession } from '../../api/sessions';
import type { Token } from '../../api/tokens';
import { useMay } from '../../app/session';
import { Button } from '../../parts/button';
import { FormDialog } from '../../parts/dialog/form-dialog';
import { say } from '../../parts/feedback/toasts';
import { Unread } from '../../parts/feedback/unread';
import { Panel } from '../../parts/page/panel';
import { Sentence } from '../../parts/sentence';
import { FromNow } from '../../parts/time/when';
import { list, texts } from '../../texts';
import styles from './access.module.css';

const words = texts.access.sessions;

/** Which browsers are signed in, and a way to sign one out. `tokens` are those by whose names they are said, once they are read. */
export function SessionsPanel({ tokens }: { tokens: readonly Token[] | undefined }) {
  const { data, error, refetch } = useQuery(sessionsQuery);
  const may = useMay();
  const client = useQueryClient();
  const [ending, setEnding] = useState<ListedSession>();
  return (
    <Panel name={words.title}>
      {!data || !tokens ? (
        <Unread of={{ error, refetch }} rows={2} />
      ) : (
        <ul className={styles.sessions}>
          {data.items.length === 0 && <li className={styles.muted}>{words.none}</li>}
          {data.items.map((session) => (
            <li key={session.id}>
              <div>
                {session.name} <span className={styles.muted}>{texts.shell.roles[session.role] ?? session.role}</span>
                <small className={styles.muted}>
                  <Sentence
                    of={words.line}
                    tenants={session.tenants.includes('*') ? texts.access.allTenants : list(session.tenants)}
                    how={howOf(session, tokens)}
                    at={<FromNow at={session.lastUsedAt} />}
                  />
                </small>
              </div>
              {session.current ? (
                <span className={styles.muted}>{words.current}</span>
              ) : (
                may.change && (
                  <Button look="quiet" onPress={() => setEnding(session)}>
                    {words.end}
                  </Button>
                )
              )}
            </li>
          ))}
        </ul>
      )}
      {ending && (
        <FormDialog
          title={words.endTitle(ending.name)}
          submit={words.end}
          look="danger"
          onSubmit={async () => {
            await endSession(ending.id);
            say(words.ended(ending.name));
            await client.invalidateQueries({ queryKey: sessionsQuery.queryKey });
          }}
          onClose={() => setEnding(undefined)}
        >
          <p>{ending.tokenId ? words.textToken : words.textProvider}</p>
        </FormDialog>
      )}
    </Panel>
  );
}

const howOf = ({ tokenId }: ListedSession, tokens: readonly Token[]) =>
  tokenId ? words.byToken(tokens.find(({ id }) => id === tokenId)?.name ?? tokenId) : words.byProvider;
