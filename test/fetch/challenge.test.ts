import { describe, expect, it } from 'vitest';
import { isChallenge } from '../../shared/fetch/challenge.ts';

describe('a page that asks for proof of a person', () => {
  it.each([
    '<title>Just a moment...</title>',
    '<script src="/cdn-cgi/challenge-platform/h/b/orchestrate"></script>',
    '<iframe src="/_Incapsula_Resource?x=1"></iframe>',
    '<title>Pardon Our Interruption</title>',
    '<script src="https://ct.captcha-delivery.com/c.js"></script>',
  ])('is told by %s', (text) => {
    expect(isChallenge({}, `<html>${text}</html>`)).toBe(true);
  });

  it('is told by its headers, whatever it looks like', () => {
    expect(isChallenge({ 'cf-mitigated': 'challenge' }, '')).toBe(true);
    expect(isChallenge({ 'x-amzn-waf-action': 'captcha' }, '')).toBe(true);
  });

  it.each([
    '<title>Log in</title><div class="captcha"></div>',
    '<title>Captcha: a history</title>',
    '<title>A moment</title>',
  ])('is not any page with %s', (text) => {
    expect(isChallenge({}, text)).toBe(false);
  });
});
