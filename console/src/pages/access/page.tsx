import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { listTokens, type Token } from '../../api/tokens';
import { now } from '../../app/clock';
import { useCommands } from '../../app/commands';
import { useScope } from '../../app/scope';
import { isAll } from '../../app/scope-name';
import { useMay, useSession } from '../../app/session';
import { Button } from '../../parts/button';
import { Empty } from '../../parts/feedback/empty';
import { say } from '../../parts/feedback/toasts';
import { ListPage } from '../../parts/page/list-page';
import { usePages } from '../../parts/table/use-pages';
import { texts } from '../../texts';
import { columnsOf } from './columns';
import { MakeDialog } from './make-dialog';
import { RevokeDialog } from './revoke-dialog';
import { RotateDialog } from './rotate-dialog';
import { SecretDialog } from './secret-dialog';
import { SessionPanel } from './session-panel';
import { SessionsPanel } from './sessions-panel';
import { reaches, standingOf } from './standing';
import { TokenDialog } from './token-dialog';

const words = texts.access;
const rowId = (row: Token) => row.id;
const rowName = (row: Token) => row.name;

/** Who can get in: tokens, and this browser's session. */
export function AccessPage() {
  const scope = useScope();
  const may = useMay();
  const { tokenId } = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { token: picked } = useSearch({ from: '/t/$scope/access' });
  const list = usePages<Token>({ key: ['tokens'], read: (cursor, signal) => listTokens(cursor, signal) });
  const [doing, setDoing] = useState<'make' | 'rotate' | 'revoke'>();
  const [secret, setSecret] = useState<Token>();
  const { hasMore, loadingMore, stopped, onMore } = list.paging;
  // There are few of them, and what is said of all needs all.
  useEffect(() => {
    if (hasMore && !loadingMore) {
      onMore();
    }
  }, [hasMore, loadingMore, onMore]);
  const shown = useMemo(() => list.rows.filter((token) => reaches(token, scope)), [list.rows, scope]);
  const pick = useCallback(
    (token?: Token) =>
      void navigate({
        to: '/t/$scope/access',
        params: { scope },
        search: token ? { token: token.id } : {},
        replace: !token,
        resetScroll: false,
      }),
    [navigate, scope],
  );
  const columns = useMemo(() => columnsOf(pick), [pick]);
  useCommands(useMemo(() => (may.change ? [{ id: 'make-token', text: words.make.open, act: () => setDoing('make') }] : []), [may.change]));

  const token = picked ? list.rows.find(({ id }) => id === picked) : undefined;
  const own = list.rows.find(({ id }) => id === tokenId)?.expiresAt;
  const standings = shown.map((one) => standingOf(one, now()));
  const soon = standings.filter((standing) => standing === 'soon').length;
  const unused = standings.filter((standing) => standing === 'unused').length;
  const done = (changed?: Token) => {
    // The answer to a request that was sent again has no secret in it.
    setSecret(changed?.secret ? changed : undefined);
    if (changed && !changed.secret) {
      say(words.secret.missed(changed.name));
    }
    void client.invalidateQueries({ queryKey: ['tokens'] });
  };
  return (
    <ListPage
      expected={2}
      title={list.query.data ? words.headline(standings.filter((standing) => standing !== 'expired').length) : words.title}
      tab={words.title}
      sub={
        <>
          {isAll(scope) ? words.all : words.reach(scope)} {soon > 0 && <span>{words.soon(soon)}</span>}{' '}
          {unused > 0 && <span>{words.unused(unused)}</span>}
        </>
      }
      actions={
        may.change && (
          <Button look="main" onPress={() => setDoing('make')}>
            {words.make.open}
          </Button>
        )
      }
      read={list.query}
      id="tokens"
      label={words.label}
      columns={columns}
      rows={shown}
      rowId={rowId}
      rowName={rowName}
      onOpen={pick}
      height={640}
      stopped={stopped}
      onMore={onMore}
      empty={
        <Empty title={words.empty.none}>
          {words.empty.noneNext}
          {may.change && <Button onPress={() => setDoing('make')}>{words.make.open}</Button>}
        </Empty>
      }
      side={
        <>
          <SessionPanel />
          <SessionsPanel tokens={list.query.isPending ? undefined : list.rows} />
        </>
      }
    >
      {doing === 'make' && <MakeDialog scope={scope} own={own} onMade={done} onClose={() => setDoing(undefined)} />}
      {token && !doing && (
        <TokenDialog token={token} onRotate={() => setDoing('rotate')} onRevoke={() => setDoing('revoke')} onClose={() => pick()} />
      )}
      {token && doing === 'rotate' && (
        <RotateDialog
          token={token}
          own={own}
          onRotated={done}
          onClose={() => {
            setDoing(undefined);
            pick();
          }}
        />
      )}
      {token && doing === 'revoke' && (
        <RevokeDialog
          token={token}
          tokens={list.rows}
          onDone={done}
          onClose={() => {
            setDoing(undefined);
            pick();
          }}
        />
      )}
      {secret && !doing && <SecretDialog token={secret} onClose={() => setSecret(undefined)} />}
    </ListPage>
  );
}
