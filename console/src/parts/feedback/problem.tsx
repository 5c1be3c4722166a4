import { Refused, Unreachable } from '../../api/problem';
import { texts } from '../../texts';
import { Button } from '../button';
import styles from './problem.module.css';

type Props = {
  error: unknown;
  onRetry?: (() => void) | undefined;
  compact?: boolean;
  /** The fields that it is said of here, where others say theirs themselves. */
  fields?: readonly string[];
};

/** What went wrong, what was kept, what to try. */
export function Problem({ error, onRetry, compact = false, fields: only }: Props) {
  const { title, detail, kept, attempt, trace, fields: all } = explain(error);
  const fields = only ? all.filter(([field]) => only.includes(field)) : all;
  return (
    <div className={`${styles.problem} ${compact ? styles.compact : ''}`} role="alert">
      <strong>{title}</strong>
      {detail && detail !== title && !fields.some(([, message]) => message === detail) && <p>{detail}</p>}
      {fields.length > 0 && (
        <ul>
          {fields.map(([field, message]) => (
            <li key={field}>{!message.startsWith(field) && <code>{field}</code>} {message}</li>
          ))}
        </ul>
      )}
      <p className={styles.muted}>{kept} {attempt}</p>
      {trace && <p className={styles.muted}>{texts.errors.trace(trace)}</p>}
      {onRetry && mayHelp(error) && <div><Button onPress={onRetry}>{texts.errors.again}</Button></div>}
    </div>
  );
}

/** Whether the same request can have another answer; what is at odds with it has to change first. */
export const mayHelp = (error: unknown) => !(error instanceof Refused && (error.status === 409 || error.status === 422) && error.retryAfter === undefined);

type Explained = { title: string; detail?: string | undefined; kept: string; attempt: string; trace?: string | null | undefined; fields: [string, string][] };

export function explain(error: unknown): Explained {
  const words = texts.errors;
  if (error instanceof Unreachable) {
    return { ...(error.mayBeDone ? words.noAnswer : words.unreachable), fields: [] };
  }
  if (error instanceof Refused) {
    if (error.status === 404) {
      return { ...words.notFound, fields: [] };
    }
    const attempt = words.attempts[error.word] ?? '';
    return {
      title: error.body.title ?? words.status(error.status),
      detail: error.body.detail,
      kept: words.unchanged,
      attempt: error.retryAfter ? `${attempt} ${words.retryIn(error.retryAfter)}`.trim() : attempt,
      trace: error.status >= 500 ? error.body.traceId : undefined,
      fields: Object.entries(error.errors),
    };
  }
  // A page of a build that is not on the server any more cannot be loaded.
  if (error instanceof TypeError && /dynamically imported module|module script/i.test(error.message)) {
    return { ...words.stale, fields: [] };
  }
  return { ...words.crashed, detail: error instanceof Error ? error.message : undefined, fields: [] };
}
