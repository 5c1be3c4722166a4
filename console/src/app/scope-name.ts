/** In addresses, where a tenant's id stands otherwise: all tenants. No tenant can be called so. */
export const allTenants = '~all';

/** Whether a tenant can be called so; of any other address there is nothing. */
export const isTenant = (scope: string) => /^[\w.:-]{1,128}$/.test(scope);

export const isAll = (scope: string) => scope === allTenants;
