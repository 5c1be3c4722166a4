import type { UpdateScheduleInput } from '../scheduler.js';

const types: Record<keyof UpdateScheduleInput, 'string' | 'boolean'> = {
  endpoint: 'string',
  cron: 'string',
  timezone: 'string',
  enabled: 'boolean',
  name: 'string',
  payload: 'string',
};

const longestName = 128;

/** What the boundary answers to a create or an update. */
interface Answer {
  success: boolean;
  error?: string;
  fieldErrors?: string;
}

/**
 * Asks the host with what a caller gave, which may be anything: a form's value is often a number or an object. At the boundary a wrong type
 * would be a bare TypeError that names no field. `null` counts as absent.
 *
 * With a field of a wrong type the host is asked all the same, because it alone can tell what is wrong with the others; so that it cannot say
 * yes to those, it gets a name that is too long.
 */
export function askWithInput<T extends Answer>(input: unknown, ask: (fields: UpdateScheduleInput) => T): T | Answer {
  const given = (typeof input === 'object' && input !== null ? input : {}) as Record<string, unknown>;
  const fields: Record<string, unknown> = {};
  const wrong: Record<string, string> = {};
  for (const [field, type] of Object.entries(types)) {
    const value = given[field] ?? undefined;
    if (value === undefined || typeof value === type) {
      fields[field] = value;
    } else if (field === 'payload') {
      wrong[field] = `Payload must be a JSON object or array, as text: use JSON.stringify (got ${describe(value)})`;
    } else {
      wrong[field] = `${field} must be a ${type} (got ${describe(value)})`;
    }
  }

  if (Object.keys(wrong).length === 0) {
    return ask(fields);
  }

  const answer = ask({ ...fields, name: 'x'.repeat(longestName + 1) });
  const others = parse(answer.fieldErrors);
  return others === undefined ? answer : refusal({ ...others, name: nameProblem(fields['name']), ...wrong });
}

/** All of them, in the host's order. */
function refusal(errors: Record<string, string | undefined>): Answer {
  const entries = Object.keys(types).flatMap((field): [string, string][] => (errors[field] === undefined ? [] : [[field, errors[field]]]));
  return {
    success: false,
    error: entries.length === 1 ? entries[0]![1] : `Invalid fields: ${entries.map(([field]) => field).join(', ')}`,
    fieldErrors: JSON.stringify(Object.fromEntries(entries)),
  };
}

// The host's own rule, for the one name that it did not see.
function nameProblem(name: unknown): string | undefined {
  const length = typeof name === 'string' ? [...name.trim()].length : 0;
  return length > longestName ? `Name too long: ${length} characters, at most ${longestName} are allowed` : undefined;
}

/** Undefined when the host refused for another reason than fields, such as a permission. */
function parse(fieldErrors: string | undefined): Record<string, string> | undefined {
  return fieldErrors === undefined ? undefined : (JSON.parse(fieldErrors) as Record<string, string>);
}

function describe(value: unknown): string {
  return Array.isArray(value) ? 'an array' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
