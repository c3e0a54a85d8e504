import { describe, expect, it } from 'vitest';
import { fileOf, problemsOf, watchFile } from './file-of.ts';

describe('shapes', () => {
  const watchList = (text: string) => fileOf({ watches: text });
  it.each([
    [
      'an empty file',
      '',
      '1:1: this file is empty; it needs deliver:, feeds:, watches: and digests:, see the starter watch.yaml',
    ],
    ['a text', 'hello', '1:1: this file has no sections;'],
    ['a list', '- a\n- b', '1:1: this file has no sections;'],
    [
      'an unknown section',
      fileOf({ feds: 'feds: []' }),
      '1:1: feds: "feds" is not a key that is known here; did you mean "feeds"?',
    ],
    [
      'a space that is none',
      watchFile('\u00a0any: [padlock]', 'none: [key]'),
      '3:5: watches.0.\u00a0any: there is a no-break space (U+00A0) at "any"',
    ],
    [
      'no space after a colon',
      watchList('watches: [{watch:Padlocks}]'),
      '1:12: watches.0: put a space after the colon: watch: Padlocks',
    ],
    [
      '101 addresses',
      fileOf({
        digests: `digests: [{digest: Brief, watches: [Padlocks], when: at once, to: [${Array.from({ length: 101 }, (_, at) => `a${at}@example.org`).join(', ')}]}]`,
      }),
      '1:67: digests.0.to: has more than 100 entries, which is the most; name the address of one mailing list, or let readers subscribe',
    ],
    [
      'a port that is none',
      fileOf({ network: 'network: {allow: ["127.0.0.1:65535", "127.0.0.1:65536"]}' }),
      '1:38: network.allow.1: 65536 is not a port; write 1 to 65535',
    ],
    [
      'a section like no other',
      fileOf({ x: 'x-anchors: 1' }),
      '1:1: x-anchors: "x-anchors" is not a key that is known here; the keys are: deliver, poll, feeds, lists, watches, digests, network, deploy',
    ],
    [
      'a missing section',
      'feeds: []',
      '1:1: deliver: is missing; write for example deliver: {from: Watchword <alerts@example.org>, zone: Europe/London}',
    ],
    [
      'a section without value',
      fileOf({ poll: 'poll:' }),
      '1:1: poll: has no value; write for example poll: {every: 15m}',
    ],
    [
      'a watch that is a text',
      watchList('watches: [Padlocks]'),
      '1:11: watches.0: must be keys with values; write for example {watch: Encryption, any: [encryption~]}',
    ],
    [
      'a watch without name',
      watchList('watches: [{any: [padlock]}, {watch: Padlocks}]'),
      '1:11: watches.0.watch: is missing; write for example watch: Encryption',
    ],
    [
      'a name of nothing',
      watchList('watches: [{watch: ""}, {watch: Padlocks}]'),
      '1:19: watches.0.watch: is empty; write for example watch: Encryption',
    ],
    [
      'lines that are one text',
      watchFile('any: padlock'),
      '3:10: watches.0.any: must be a list in [ ], or with a - before each line; write for example any: [encryption~, backdoor]',
    ],
    ['no lines', watchFile('any: []'), '3:10: watches.0.any: is empty; write for example any: [encryption~, backdoor]'],
    [
      'a group that is a text',
      watchFile('all: [padlock, [key]]'),
      '3:11: watches.0.all.0: must be a list in [ ], or with a - before each line; write for example [Thames Water, Severn Trent]',
    ],
    ['groups three deep', watchFile('all: [[[padlock]]]'), '3:12: watches.0.all.0.0: groups go two deep at most'],
    [
      'near without groups',
      watchFile('near: {within: 5}'),
      '3:11: watches.0.near.all: is missing; write for example all: ',
    ],
    [
      'near with one group',
      watchFile('near: {within: 5, all: [[padlock]]}'),
      '3:28: watches.0.near.all: needs at least 2 groups; a single one belongs under any',
    ],
    [
      'near too near',
      watchFile('near: {within: 0, all: [[padlock], [key]]}'),
      '3:20: watches.0.near.within: 0 is out of range; write 1 to 50',
    ],
    [
      'near too far',
      watchFile('near: {within: 51, all: [[padlock], [key]]}'),
      '3:20: watches.0.near.within: 51 is out of range; write 1 to 50',
    ],
    [
      'a number that is none',
      watchFile('near: {within: ten, all: [[padlock], [key]]}'),
      '3:20: watches.0.near.within: must be a whole number; write for example within: 10',
    ],
    [
      'neither true nor false',
      watchFile('near: {within: 5, ordered: yes, all: [[padlock], [key]]}'),
      '3:32: watches.0.near.ordered: must be true or false; write for example ordered: true',
    ],
    [
      'an unknown place',
      watchFile('any: [padlock]', 'in: titel'),
      '4:9: watches.0.in: "titel" is not known here; write title or body',
    ],
    [
      'noisy with another word',
      watchFile('any: [padlock]', 'noisy: yes'),
      '4:12: watches.0.noisy: "yes" is not known here; write ok',
    ],
    [
      'short forms without a name',
      watchFile('person: {also: [Example]}'),
      '3:13: watches.0.person.name: is missing; write for example name: Jane Example',
    ],
    [
      'an unknown key of a person',
      watchFile('person: {name: Jane Example, alsso: [Example]}'),
      '3:34: watches.0.person.alsso: "alsso" is not a key that is known here; did you mean "also"?',
    ],
    [
      'a day that is none',
      watchFile('office: {titles: [Home Secretary], holders: [{name: Jane Example, from: 2024-02-30}]}'),
      '3:77: watches.0.office.holders.0.from: "2024-02-30" is not a day; write it as 2026-11-23',
    ],
    [
      'an unknown key of examples',
      watchFile('examples: {nomatch: [x]}'),
      '3:16: watches.0.examples.nomatch: "nomatch" is not a key that is known here; did you mean "no_match"?',
    ],
    ['a list in a list', fileOf({ lists: 'lists: {keys: [[padlock]]}' }), '1:16: lists.keys.0: groups go two deep'],
    [
      'a list that names a list',
      fileOf({ lists: 'lists: {keys: [{list: keys}]}' }),
      '1:16: lists.keys.0: a list cannot hold another list; write its lines out',
    ],
    [
      'a list that is a text',
      fileOf({ lists: 'lists: {keys: padlock}' }),
      '1:15: lists.keys: must be a list in [ ], or with a - before each line; write for example keys: [WhatsApp, Signal]',
    ],
    [
      'a name with a line break',
      fileOf({ watches: 'watches: [{watch: "Pad\\nlocks", any: [key]}, {watch: Padlocks}]' }),
      '1:19: watches.0.watch: a name stands on one line; remove the line break or control character',
    ],
  ])('%s', (_name, text, problem) => {
    expect(problemsOf(text)[0]).toContain(problem);
  });
});
