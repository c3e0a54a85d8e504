import { describe, expect, it, test } from 'vitest';
import { localTime } from '../../shared/digest/local-time.ts';
import { storiesOf } from '../../shared/digest/story.ts';
import { type StoryView, storyView } from '../../shared/digest/story-view.ts';
import type { Hit } from '../../shared/watch/hit.ts';
import { hit, slotAt } from './sample.ts';

const watches = [{ id: 'w-encryption', name: 'Encryption' }];

function viewOf(hits: readonly Hit[], feedHosts?: ReadonlyMap<string, string>): StoryView {
  const [story] = storiesOf(hits);
  if (story === undefined) throw new Error('no story');
  return storyView({ watches, ...(feedHosts && { feedHosts }) }, story, 'w-encryption', localTime('UTC', slotAt));
}

describe('the real host of a link stands beside the outlet', () => {
  const at = (link: string, feedHost: string) =>
    viewOf([hit({ title: 'Home Secretary visits Northport', link })], new Map([['f-Northern Ledger', feedHost]]))
      .source;

  test.each([
    ['another site', 'https://evil.example/a', 'ledger.example', 'Northern Ledger, 06:00 · evil.example'],
    [
      'a port of its own',
      'https://evil.example:8443/a',
      'ledger.example',
      'Northern Ledger, 06:00 · evil.example:8443',
    ],
    ['a name that only looks alike', 'https://lеdger.example/a', 'ledger.example', /^Northern Ledger, 06:00 · xn--/],
    [
      'a name that begins alike',
      'https://ledger.example.evil.example/',
      'ledger.example',
      / · ledger\.example\.evil\./,
    ],
    ['a name that ends alike', 'https://notledger.example/', 'ledger.example', / · notledger\.example$/],
  ])('of %s', (_, link, feedHost, told) => expect(at(link, feedHost)).toMatch(told));

  test.each([
    ['the same host', 'https://ledger.example/a', 'ledger.example'],
    ['www', 'https://www.ledger.example/a', 'feeds.ledger.example'],
    ['a part of the site', 'https://politics.ledger.example/a', 'www.ledger.example'],
    ['the site of a part', 'https://ledger.example/a', 'news.ledger.example'],
  ])('not where it is that of the feed: %s', (_, link, feedHost) =>
    expect(at(link, feedHost)).toBe('Northern Ledger, 06:00'),
  );

  test.each([
    ['Harbour Wire', 'https://www.harbourwire.example/a'],
    ['The Northgate Times', 'https://northgatetimes.example/a'],
    ['Fell & Shore', 'https://fell-and-shore.example/a'],
  ])('not where the name of the outlet spells it: %s', (outlet, link) =>
    expect(viewOf([hit({ title: 'Home Secretary visits Northport', outlet, link })]).source).toBe(`${outlet}, 06:00`),
  );

  test.each([
    ['Harbour Wire', 'https://harbourwire.evil.example/a', 'harbourwire.evil.example'],
    ['Harbour Wire', 'https://harbourwire-login.example/a', 'harbourwire-login.example'],
    ['みさき通信', 'https://misaki.example/a', 'misaki.example'],
    ['The', 'https://the.example/a', 'the.example'],
    ['Harbour Wire', 'https://harbourwire.example:8443/a', 'harbourwire.example:8443'],
  ])('but where it only begins so: %s at %s', (outlet, link, host) =>
    expect(viewOf([hit({ title: 'Home Secretary visits Northport', outlet, link })]).source).toContain(` · ${host}`),
  );

  it('with its end, however long it is', () => {
    const link = `https://ledger.example.${'a.'.repeat(100)}evil.example/a`;
    expect(at(link, 'ledger.example')).toMatch(/ · ….*\.evil\.example$/);
  });

  it('where nothing is known of the feed, and none where there is no link', () => {
    const title = 'Home Secretary visits Northport';
    expect(viewOf([hit({ title, link: 'https://ledger.example/a' })]).source).toMatch(/ · ledger\.example$/);
    expect(viewOf([hit({ title, link: null })]).source).toBe('Northern Ledger, 06:00');
  });

  it('beside other outlets of the story too', () => {
    const title = 'Home Secretary defends encryption plan';
    const other = {
      ...hit({ title, outlet: 'Harbour Post', publishedAt: slotAt - 1 }),
      link: 'https://evil.example/a',
    };
    const hosts = new Map([['f-Harbour Post', 'harbourpost.example']]);
    expect(viewOf([hit({ title }), other], hosts).alsoIn).toEqual([
      { name: 'Harbour Post (evil.example)', link: 'https://evil.example/a' },
    ]);
  });
});
