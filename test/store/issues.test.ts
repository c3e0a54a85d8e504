/** The largest issue there can be fits into one item of the table, also on the worst day. */
import { describe, expect, it } from 'vitest';
import { startDynamoDb } from '../../infra/local/dynamodb.ts';
import { awsClients } from '../../shared/aws/clients.ts';
import { createTables } from '../../shared/aws/create-tables.ts';
import { dynamoTable } from '../../shared/aws/table.ts';
import type { Issue } from '../../shared/digest/issue.ts';
import { receiptOf } from '../../shared/digest/receipt.ts';
import { idOf } from '../../shared/id.ts';
import { limits } from '../../shared/limits.ts';
import { judge } from '../../shared/poll/judge.ts';
import { feedMark } from '../../shared/poll/look.ts';
import { lastIssue, putIssue } from '../../shared/store/issues.ts';
import { failed, feedAt, noon } from '../poll/situations.ts';

describe('an issue', () => {
  it('of 5,000 hits over 20,000 feeds that all fail, each in its own words, is stored and read again', async () => {
    const feeds = Array.from({ length: limits.feedsMax }, (_, n) =>
      feedAt(`https://host${n}.example/feed`, {
        name: `${idOf('name', String(n))} ${'long name '.repeat(8)}`.slice(0, 100),
      }),
    );
    const readings = feeds.map((feed) => ({
      feed,
      state: judge(
        feed,
        null,
        failed({ detail: `The server answered ${idOf('detail', feed.id)} and more than that.` }),
        noon,
      ).state,
    }));
    const issue: Issue = {
      id: idOf('issue', 'd', '1'),
      digest: idOf('digest', 'd'),
      edition: idOf('digest', 'd'),
      number: 1,
      slot: '2026-11-23T07:00',
      slotAt: noon,
      frozenAt: noon,
      hits: Array.from({ length: limits.hitsPerIssueMax }, (_, n) => ({
        entry: idOf('entry', String(n)),
        watch: idOf('watch', String(n % 1_000)),
      })),
      receipt: receiptOf(
        null,
        noon,
        readings,
        [],
        Array.from({ length: 1_000 }, (_, n) => ({ name: idOf('watch name', String(n)).repeat(6), hits: n })),
      ),
      scanned: Object.fromEntries(feeds.map(({ id }, n) => [feedMark(id), n * 37])),
      sends: true,
      finished: false,
    };
    const server = await startDynamoDb({ folder: null });
    await createTables(server.endpoint, ['news']);
    const { dynamodb } = awsClients({ dynamodb: server.endpoint, sqs: server.endpoint, ses: server.endpoint });
    const news = dynamoTable(dynamodb, 'news');
    expect(await putIssue(news, issue)).toBe(true);
    expect(await lastIssue(news, issue.digest)).toEqual(issue);
    expect(issue.receipt.feeds).toMatchObject({ failingCount: 20_000, read: 0 });
    dynamodb.destroy();
    await server.close();
  });
});
