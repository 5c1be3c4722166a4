import { fill } from '../words';

export const signIn = {
  title: 'Sign in',
  token: 'Token',
  tokenHint: 'It is sent once, to this server. The browser keeps a cookie and never the token.',
  keptAs: 'Escapement',
  submit: 'Sign in',
  provider: 'Sign in with your organisation’s account',
  elsewhere: 'It opens another tab. This one goes on once you have signed in there.',
  or: 'or',
  empty: 'Paste a token. An operator or an admin of your tenant can make one for you.',
  wrong: 'This token lets nobody in: it is mistyped, expired or revoked.',
  byLink: 'This link signs you in as whoever made it. Go on only if you made it, or know who did.',
  goOn: 'Go on',
  now: (name: string, role: string) =>
    fill('You are signed in as {name}, {role}. Going on ends that here, and what you have not saved is lost.', { name, role }),
  stay: 'Stay as you are',
  signedIn: (name: string, role: string) => fill('The link signed you in as {name}, {role}.', { name, role }),
  usedLink: 'This link was used or has expired, or its token lets nobody in any more. Make another, or sign in with a token.',
  whereFrom: 'The first start of the server showed a first token once, in its log or in the file that --token-file names.',
};
