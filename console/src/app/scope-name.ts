/** In addresses, where a tenant's id stands otherwise: all tenants. No tenant can be called so. */
export const allTenants = '~all';

export const isAll = (scope: string) => scope === allTenants;
