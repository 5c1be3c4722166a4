import { answer, api, ifMatch, once } from './client';
import type { Page } from './types';
import type { components } from './schema';

export type Token = components['schemas']['TokenJson'];
export type TokenWish = {
  name: string;
  role: string;
  tenants?: string[] | undefined;
  extensionPrefixes?: string[] | undefined;
  expires?: string | undefined;
};

/** Tokens that the caller may see, newest first. A page may be short and have a next one all the same. */
export const listTokens = (cursor: string | undefined, signal?: AbortSignal): Promise<Page<Token>> =>
  answer(api.GET('/api/v1/tokens', { params: { query: { limit: '200', ...(cursor ? { cursor } : {}) } }, signal: signal ?? null }));

/** Makes a token. Its secret is in this answer and in none after it. */
export const makeToken = (wish: TokenWish): Promise<Token> => answer(api.POST('/api/v1/tokens', { params: { header: once() }, body: wish as never }));

/** A new secret for it; the old one lets in for as long as the grace. */
export const rotateToken = ({ id, etag }: Token, wish: { graceSeconds: number; expires?: string | undefined }): Promise<Token> =>
  answer(
    api.POST('/api/v1/tokens/{tokenId}/rotate', { params: { path: { tokenId: id }, header: { ...once(), ...ifMatch(etag) } }, body: wish as never }),
  );

export const revokeToken = ({ id, etag }: Token, evenLast: boolean) =>
  answer(
    api.DELETE('/api/v1/tokens/{tokenId}', {
      params: { path: { tokenId: id }, query: evenLast ? { evenLast: 'true' as never } : {}, header: ifMatch(etag) },
    }),
  );
