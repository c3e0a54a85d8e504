/**
 * Pages that ask for proof of a person, sent where a feed should be, often with status 200. Somebody is there and does not
 * let us in: another thing than a server that is down, or an address that was never a feed.
 */

/** @param text the beginning of the answer; some thousand characters are enough */
export function isChallenge(headers: Readonly<Record<string, string>>, text: string): boolean {
  return headers['cf-mitigated'] === 'challenge' || headers['x-amzn-waf-action'] !== undefined || marks.test(text);
}

/** Names of scripts and elements that only such pages have. The word "captcha" alone may stand in any log-in form. */
const marks =
  /\/cdn-cgi\/challenge-platform\/|id="?(?:cf-challenge|challenge-form|challenge-running)|_Incapsula_Resource|\/_sec\/cp_challenge|window\.awsWafCookieDomainList|captcha-delivery\.com|<title>\s*(?:Just a moment|Attention Required! \| Cloudflare|DDoS-Guard|Pardon Our Interruption|Are you (?:a )?(?:human|robot))/i;
