import { useEffect, useMemo, useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Input } from 'react-aria-components/Input';
import { SearchField } from 'react-aria-components/SearchField';
import { useKeys } from '../../app/keys';
import { texts } from '../../texts';
import styles from './search.module.css';

type Props = { label: string; placeholder?: string; value: string; onChange: (value: string) => void };

const settle = 120;

/** The page's search: `/` comes here. The first letter is asked for at once, and what is typed right behind it not more often than every moment. */
export function Search({ label, placeholder, value, onChange }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value);
  const told = useRef(value);
  const toldAt = useRef(-settle);
  useEffect(() => {
    // From outside, as by the browser's "back"; not the echo of what was typed.
    if (value !== told.current) {
      told.current = value;
      setTyped(value);
    }
  }, [value]);
  useEffect(() => {
    if (typed === told.current) {
      return;
    }
    const tell = () => {
      told.current = typed;
      toldAt.current = performance.now();
      onChange(typed);
    };
    const left = toldAt.current + settle - performance.now();
    if (left <= 0) {
      return tell();
    }
    const timer = setTimeout(tell, left);
    return () => clearTimeout(timer);
  }, [typed, onChange]);
  useKeys(useMemo(() => [{ keys: '/', text: texts.shell.keys.search, act: () => input.current?.focus() }], []));
  return (
    <SearchField aria-label={label} value={typed} onChange={setTyped} className={styles.search}>
      <Input
        ref={input}
        className={styles.input}
        placeholder={placeholder ?? label}
        maxLength={128}
        spellCheck="false"
        autoComplete="off"
        onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
      />
      {typed === '' ? (
        <kbd className={styles.key} aria-hidden="true">
          /
        </kbd>
      ) : (
        <Button className={styles.clear} aria-label={texts.parts.search.clear}>
          ✕
        </Button>
      )}
    </SearchField>
  );
}
