/** What a mail address may be: one exact recipient, or none. */
import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../shared/watch/address.ts';

describe('an address (row 72)', () => {
  it.each([
    ['a line end', 'ann@reader.example\r\nBcc: ben@reader.example'],
    ['a line end at its end', 'ann@reader.example\n'],
    ['a list', 'ann@reader.example,ben@reader.example'],
    ['a list by semicolons', 'ann@reader.example; ben@reader.example'],
    ['a name', 'Ann <ann@reader.example>'],
    ['brackets', '<ann@reader.example>'],
    ['a quoted part', '"ann ann"@reader.example'],
    ['a quoted at', '"ann@evil.example"@reader.example'],
    ['two ats', 'ann@evil.example@reader.example'],
    ['300 characters', `${'a'.repeat(286)}@reader.example`],
    ['a domain of 300 characters', `ann@${'a.'.repeat(146)}example`],
    ['a dotless ı before the at', 'adm\u0131n@reader.example'],
    ['a full-width at', 'ann\uff20reader.example'],
    ['an invisible character', 'ann\u200b@reader.example'],
    ['a turned direction', 'ann\u202e@reader.example'],
    ['a space', 'ann smith@reader.example'],
    ['a machine by its number', 'ann@[127.0.0.1]'],
    ['a NUL', 'ann\u0000@reader.example'],
    ['a comment', 'ann(comment)@reader.example'],
    ['no at', 'ann'],
    ['nothing', ''],
    ['no domain', 'ann@'],
    ['no local part', '@reader.example'],
    ['a bare host', 'ann@localhost'],
  ])('with %s is none', (_, text) => {
    expect(parseAddress(text)).toEqual({ problem: expect.any(String) });
  });

  it.each([
    ['ann@reader.example', 'ann@reader.example'],
    ['Ann.Smith+news@Reader.Example', 'Ann.Smith+news@reader.example'],
    ['ann@bücher.example', 'ann@xn--bcher-kva.example'],
    // Its own domain, and not that of the dotted letter.
    ['ann@\u0131nbox.example', 'ann@xn--nbox-kza.example'],
  ])('%s is exactly %s', (text, address) => {
    expect(parseAddress(text)).toEqual({ address });
  });
});
