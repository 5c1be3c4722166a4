import { createContext, useCallback, useContext, useEffect, useId, useMemo, useState, type ReactNode } from 'react';
import { Refused } from '../../api/problem';
import { now } from '../../app/clock';
import { withTimes } from '../time/format';
import { covers, errorOf, type Errors } from './errors';

type Told = {
  /** The server's messages, by field. */
  errors: Errors;
  /** What they are the answer to: another one is about what the fields have then. */
  of: unknown;
  /** Whether somebody pressed the button while something was missing, which is said from then on. */
  pressed: boolean;
  /** The fields that are wrong or empty, by their ids. */
  lacking: Set<string>;
  claim: (name: string) => () => void;
};

const none: Told = { errors: {}, of: undefined, pressed: false, lacking: new Set(), claim: () => () => undefined };
const Context = createContext(none);

/** What a form tells its fields, and what of an error is at none of them. */
export function useTold(error: unknown, of: unknown, pressed: boolean) {
  const [claimed, setClaimed] = useState<readonly string[]>([]);
  const [lacking] = useState(() => new Set<string>());
  const claim = useCallback((name: string) => {
    setClaimed((all) => [...all, name]);
    return () => setClaimed((all) => all.filter((_, at) => at !== all.indexOf(name)));
  }, []);
  const errors = error instanceof Refused ? error.errors : none.errors;
  const told = useMemo(() => ({ errors, of, pressed, lacking, claim }), [errors, of, pressed, lacking, claim]);
  const names = Object.keys(errors);
  const elsewhere = names.filter((name) => !claimed.some((one) => covers(one, name)));
  return { told, elsewhere, isAtFields: names.length > 0 && elsewhere.length === 0 };
}

export const TellsFields = ({ told, children }: { told: Told; children: ReactNode }) => <Context value={told}>{children}</Context>;

export type Telling = {
  /** The field as the server's messages call it, or the beginning of that; what it says of the value goes when that is another. */
  name?: string | undefined;
  /** What is wrong with the value, said at once. */
  error?: string | undefined;
  /** What is still wanted, said once somebody pressed the button without it. */
  missing?: string | undefined;
  /** On whose clocks times are said that stand in the server's messages; else they stay as they are. */
  zone?: string | undefined;
};

/** What is to be said at a field. */
export function useSaid({ name, error, missing, zone }: Telling, value: unknown): string | undefined {
  const { errors, of, pressed, lacking, claim } = useContext(Context);
  const id = useId();
  const lacks = Boolean(error ?? missing);
  useEffect(() => (name === undefined ? undefined : claim(name)), [claim, name]);
  useEffect(() => {
    if (lacks) {
      lacking.add(id);
    }
    return () => void lacking.delete(id);
  }, [lacking, lacks, id]);
  const [about, setAbout] = useState({ of, value });
  if (about.of !== of) {
    setAbout({ of, value });
  }
  const refused = name === undefined || !Object.is(about.value, value) ? undefined : errorOf(errors, name);
  return error ?? (pressed ? missing : undefined) ?? (refused && zone ? withTimes(refused, now(), zone) : refused);
}
