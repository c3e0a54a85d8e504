/** What somebody asks for on the pages. It is stored, answered by mail or not at all, and the page says the same either way. */
import { unreachable } from '../assert.ts';
import type { Signup } from '../watch/config.ts';
import type { Asked } from './consent.ts';

export type Request =
  /** `address`: one exact recipient, its domain in small letters and as punycode. */
  | ({ readonly kind: 'sign-up'; readonly address: string } & Omit<Asked, 'at'>)
  /** The link to the preferences of an address. */
  | { readonly kind: 'preferences'; readonly address: string }
  /** All that is held of the one whose preferences link was used. */
  | { readonly kind: 'export'; readonly subscriber: string };

/** Whether the watch file lets this address subscribe. */
export function maySignUp(address: string, signup: Signup): boolean {
  switch (signup.kind) {
    case 'open':
      return true;
    case 'closed':
      return false;
    case 'domains':
      return signup.domains.includes(address.slice(address.lastIndexOf('@') + 1).toLowerCase());
    default:
      return unreachable(signup);
  }
}
