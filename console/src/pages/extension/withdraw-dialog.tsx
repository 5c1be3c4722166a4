import { useQueryClient } from '@tanstack/react-query';
import { withdraw, type Version } from '../../api/extensions';
import { holdersQuery } from '../../api/holders';
import { allTenants } from '../../app/scope-name';
import { useMay } from '../../app/session';
import { PreviewDialog } from '../../parts/dialog/preview-dialog';
import { say } from '../../parts/feedback/toasts';
import { list, texts } from '../../texts';

const words = texts.extensions.withdraw;

/** Withdraws a version: first whether anybody has it, as far as one may see that, and that there is no way back. */
export function WithdrawDialog({ of, name, onClose }: { of: Version; name: string; onClose: () => void }) {
  const client = useQueryClient();
  const { seeAll } = useMay();
  return (
    <PreviewDialog
      title={words.title(name)}
      of={['withdraw', of.extensionId, of.version]}
      preview={async () => {
        const holders = seeAll ? await client.fetchQuery({ ...holdersQuery(allTenants, of.extensionId), staleTime: 0 }) : undefined;
        const held = holders?.installs.filter(({ version, previousVersion }) => version === of.version || previousVersion === of.version) ?? [];
        return { held: [...new Set(held.map(({ tenant }) => tenant))], isFree: holders !== undefined && !holders.cut && held.length === 0 };
      }}
      commit={({ held }) => (held.length > 0 ? undefined : words.submit)}
      look="danger"
      onCommit={async () => {
        await withdraw(of.extensionId, of.version);
        say(words.done(name));
        await client.invalidateQueries({ queryKey: ['extensions'] });
      }}
      onClose={onClose}
    >
      {({ held, isFree }) => (
        <>
          <p>{held.length > 0 ? words.held(list(held)) : isFree ? words.free : words.refusedIf}</p>
          <p>{words.text}</p>
        </>
      )}
    </PreviewDialog>
  );
}
