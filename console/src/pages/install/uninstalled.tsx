import { useQuery } from '@tanstack/react-query';
import { restore, uninstalledQuery, type InstallAt } from '../../api/installs';
import { Removed } from '../../parts/feedback/removed';
import { texts } from '../../texts';

/** In place of an install that is not there. */
export function Uninstalled({ at, error }: { at: InstallAt; error: unknown }) {
  const { data, isPending } = useQuery(uninstalledQuery(at.tenant));
  const gone = data?.find(({ id }) => id === at.installId);
  const name = gone?.extensionId ?? '';
  const done = texts.installs.gone.restored(name);
  return <Removed id={at.installId} name={name} of={gone} isPending={isPending} error={error} restore={() => restore(at)} done={done} />;
}
