import { lazy, Suspense, useState } from 'react';
import type { Layer } from '../../api/seen';
import { Button } from '../../parts/button';
import { texts } from '../../texts';

const TenantPauseDialog = lazy(() => import('./tenant-pause-dialog'));
const words = texts.now.pauseTenant;

/** Leads to pausing all of a tenant, or to the end of that pause. */
export function TenantPause({ tenant, layer }: { tenant: string; layer: Layer }) {
  // As it was when the dialog was opened, so that it stays the same dialog and the change is of what was seen.
  const [opened, setOpened] = useState<Layer>();
  return (
    <>
      <Button onPress={() => setOpened(layer)}>{layer.pause ? words.resume : words.button}</Button>
      {opened && (
        <Suspense>
          <TenantPauseDialog tenant={tenant} opened={opened} onClose={() => setOpened(undefined)} />
        </Suspense>
      )}
    </>
  );
}
