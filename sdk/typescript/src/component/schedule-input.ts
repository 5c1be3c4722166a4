import type { UpdateScheduleInput } from '../scheduler.js';

const types: Record<keyof UpdateScheduleInput, 'string' | 'boolean'> = {
  endpoint: 'string',
  cron: 'string',
  timezone: 'string',
  enabled: 'boolean',
  name: 'string',
  payload: 'string',
};

/** The fields that the boundary can carry, or the refusal: `fieldErrors` names each field of a wrong type. */
export interface ScheduleInput {
  fields: UpdateScheduleInput;
  refusal?: { success: false; error: string; fieldErrors: string };
}

/**
 * Reads what a caller gave, which may be anything: a form's value is often a number or an object. At the boundary a wrong type would be a
 * bare TypeError that names no field. `null` counts as absent.
 */
export function readScheduleInput(input: unknown): ScheduleInput {
  const given = (typeof input === 'object' && input !== null ? input : {}) as Record<string, unknown>;
  const fields: Record<string, unknown> = {};
  const errors: Record<string, string> = {};
  for (const [field, type] of Object.entries(types)) {
    const value = given[field] ?? undefined;
    if (value === undefined || typeof value === type) {
      fields[field] = value;
    } else if (field === 'payload') {
      errors[field] = `Payload must be a JSON object or array, as text: use JSON.stringify (got ${describe(value)})`;
    } else {
      errors[field] = `${field} must be a ${type} (got ${describe(value)})`;
    }
  }

  const wrong = Object.keys(errors);
  const [first] = wrong;
  return first === undefined
    ? { fields }
    : {
        fields,
        refusal: {
          success: false,
          error: wrong.length === 1 ? errors[first]! : `Invalid fields: ${wrong.join(', ')}`,
          fieldErrors: JSON.stringify(errors),
        },
      };
}

function describe(value: unknown): string {
  return Array.isArray(value) ? 'an array' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
