import { useParams } from '@tanstack/react-router';
import { allTenants } from './scope-name';

/** The tenant that is looked at, as the address has it, or `allTenants`. */
export function useScope(): string {
  const { scope } = useParams({ strict: false }) as { scope?: string };
  return scope ?? allTenants;
}
