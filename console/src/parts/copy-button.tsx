import { useState } from 'react';
import { texts } from '../texts';
import { Button } from './button';

const words = texts.parts.copy;

/** Copies a text and says so itself, for it stands in dialogs; it is not there where the browser lets nothing be copied. */
export function CopyButton({ of, children }: { of: () => string; children: string }) {
  const [said, setSaid] = useState<string>();
  const copy = () =>
    void navigator.clipboard.writeText(of()).then(
      () => setSaid(words.done),
      () => setSaid(words.failed),
    );
  return (
    isSecureContext && (
      <Button onPress={copy}>
        <span aria-live="polite">{said ?? children}</span>
      </Button>
    )
  );
}
