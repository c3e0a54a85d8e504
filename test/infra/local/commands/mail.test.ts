/** `watchword mail` as an operator meets it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStoredNews } from '../../../../infra/local/stored-news.ts';
import { idOf } from '../../../../shared/id.ts';
import { pendingOf, putHit, putPending } from '../../../../shared/store/hits.ts';
import { hit } from '../../../digest/sample.ts';
import { type Folder, openFolder } from '../folder.ts';

let folder: Folder;
const watchFile = `deliver: {from: 'Watchword <alerts@watchword.example>', zone: UTC}
feeds: ['http://127.0.0.1:9/feed.xml']
network: {allow: ['127.0.0.1:9']}
watches: [{watch: Encryption, any: [encryption~], noisy: ok}]
digests: [{digest: Morning brief, watches: [Encryption], when: every day at 07:00, to: [press@reader.example], empty: skip}]
`;

beforeAll(async () => {
  folder = await openFolder();
  await folder.write('watch.yaml', watchFile);
});
afterAll(() => folder.remove());

describe('watchword mail preview', () => {
  it('says of a data folder without anything in it that no feed was read yet, and makes nothing but the preview', async () => {
    const { code, out, err } = await folder.run('mail', 'preview', 'Morning brief');
    expect(code, err).toBe(0);
    expect(out).toContain('No feed was read: Morning brief');
    expect(out).toContain('No feed was read yet: npx watchword run looks at them all.');
    expect(readdirSync(join(folder.path, '.watchword'))).toEqual(['preview']);
  });

  it('renders what is pending, and leaves it pending', async () => {
    await folder.run('run');
    const watch = idOf('watch', 'Encryption');
    const digest = idOf('digest', 'Morning brief');
    const found = { ...hit({ title: 'Ministers ask about encrypted chats' }), watch };
    const stored = await openStoredNews(join(folder.path, '.watchword'));
    await putHit(stored.news, found);
    await putPending(stored.news, [{ digest, hit: found }]);
    await stored.close();

    const { code, out, err } = await folder.run('mail', 'preview', 'morning BRIEF', '--json');
    expect(code, err).toBe(0);
    const told = JSON.parse(out);
    expect(told).toMatchObject({ digest: 'Morning brief', subject: '1 story: Encryption (1)', stories: 1 });
    expect(readFileSync(told.html, 'utf8')).toContain('Ministers ask about encrypted chats');
    expect(readFileSync(told.text, 'utf8')).toContain('Ministers ask about encrypted chats');

    const after = await openStoredNews(join(folder.path, '.watchword'));
    expect(await pendingOf(after.news, digest)).toHaveLength(1);
    await after.close();
  }, 30_000);

  it('says which digests there are when it is asked for another', async () => {
    const { code, err } = await folder.run('mail', 'preview', 'Morning breif');
    expect(code).toBe(1);
    expect(err).toContain('There is no digest “Morning breif”: did you mean "Morning brief"?');
  });
});

describe('watchword mail test', () => {
  it('keeps a mail from the sender of the digests as a file, and says where', async () => {
    const { code, out, err } = await folder.run('mail', 'test', 'me@reader.example');
    expect(code, err).toBe(0);
    const file = /^Kept as (.*\.eml)$/m.exec(out)?.[1] ?? '';
    expect(existsSync(file)).toBe(true);
    const mail = await PostalMime.parse(readFileSync(file));
    expect(mail.from?.address).toBe('alerts@watchword.example');
    expect(mail.to?.[0]?.address).toBe('me@reader.example');
    expect(mail.text).toContain('This is a test');
  });

  it.each([[[]], [['one@reader.example', 'two@reader.example']], [['nobody']]])('%j is wrong usage', async (args) => {
    expect((await folder.run('mail', 'test', ...args)).code).toBe(2);
  });
});
