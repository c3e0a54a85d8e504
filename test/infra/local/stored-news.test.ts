import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDataFolder } from '../../../infra/local/data-folder.ts';
import { openStoredNews } from '../../../infra/local/stored-news.ts';
import { type Folder, openFolder } from './folder.ts';

let folder: Folder;
let data: string;

beforeEach(async () => {
  folder = await openFolder();
  data = join(folder.path, 'data');
});
afterEach(() => folder.remove());

describe('what is stored of feeds', () => {
  it('is nothing where no host ran, and nothing is made there', async () => {
    const { news, close } = await openStoredNews(data);
    expect(await news.query({ pk: 'shard#0' })).toEqual({ items: [], next: null });
    await close();
    expect(existsSync(data)).toBe(false);
  });

  it('comes back when it is opened again', async () => {
    await mkdir(join(data, 'tables'), { recursive: true });
    for (const times of [1, 2]) {
      const { news, close } = await openStoredNews(data);
      if (times === 1) await news.put({ pk: 'shard#0', sk: 'feed', rev: 1 });
      expect((await news.query({ pk: 'shard#0' })).items).toHaveLength(1);
      await close();
    }
  });

  it('is on the page of a host that runs, and people are told so', async () => {
    await mkdir(join(data, 'tables'), { recursive: true });
    const host = await openDataFolder(data);
    await expect(openStoredNews(data)).rejects.toThrow(/its page “Feeds” shows the same\.$/);
    await host.close();
  });
});
