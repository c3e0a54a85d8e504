/** The world of each function on AWS: its clients, its settings, and what the deployment put beside its code. */
import { readFileSync } from 'node:fs';
import { dynamodbClient, sesClient, sqsClient } from '../shared/aws/clients.ts';
import { s3History } from '../shared/aws/history.ts';
import { lambdaLog } from '../shared/aws/log.ts';
import { sesMailer } from '../shared/aws/mailer.ts';
import { sqsQueue } from '../shared/aws/queue.ts';
import { secretKeys } from '../shared/aws/secret-keys.ts';
import { dynamoTable } from '../shared/aws/table.ts';
import { createHttp } from '../shared/fetch/http.ts';
import { SliceMemory } from '../shared/fetch/slice-memory.ts';
import { limits } from '../shared/limits.ts';
import { setting } from '../shared/settings.ts';
import { engineOf } from '../shared/watch/engine.ts';
import type { Clock } from '../shared/world.ts';
import type { ConfigParts } from './config-parts.ts';
import type { DeliverWorld } from './deliver.ts';
import type { DigestWorld } from './digest.ts';
import type { DispatchWorld } from './dispatch.ts';
import type { FeedbackWorld } from './feedback.ts';
import type { PollWorld } from './poll.ts';
import type { WebWorld } from './web.ts';

const clock: Clock = { now: () => Date.now() };
const log = lambdaLog();

export function awsDispatchWorld(): DispatchWorld {
  const sqs = sqsClient(null);
  return { clock, log, config: config('dispatch'), pollQueue: sqsQueue(sqs, setting('pollQueue')) };
}

export function awsPollWorld(): PollWorld {
  const dynamodb = dynamodbClient(null);
  const part = config('poll');
  return {
    clock,
    log,
    http: createHttp({ allow: part.allow, own: setting('webBase'), clock }),
    news: dynamoTable(dynamodb, setting('newsTable')),
    history: part.historyDays ? s3History(setting('historyBucket')) : null,
    config: part,
    matcher: engineOf(readFileSync(new URL('./watches.bin', import.meta.url))),
    slices: new SliceMemory(),
  };
}

export async function awsDigestWorld(): Promise<DigestWorld> {
  const dynamodb = dynamodbClient(null);
  const sqs = sqsClient(null);
  return {
    clock,
    log,
    news: dynamoTable(dynamodb, setting('newsTable')),
    people: dynamoTable(dynamodb, setting('peopleTable')),
    deliverQueue: sqsQueue(sqs, setting('deliverQueue')),
    config: config('digest'),
    keys: await secretKeys(setting('keysSecret')),
  };
}

export async function awsDeliverWorld(): Promise<DeliverWorld> {
  const dynamodb = dynamodbClient(null);
  const sqs = sqsClient(null);
  const ses = sesClient(null);
  const part = config('deliver');
  return {
    clock,
    log,
    news: dynamoTable(dynamodb, setting('newsTable')),
    people: dynamoTable(dynamodb, setting('peopleTable')),
    mailer: sesMailer(ses, setting('configurationSet')),
    deliverQueue: sqsQueue(sqs, setting('deliverQueue')),
    config: part,
    rate: part.deliver.rate ?? limits.sendsPerSecond,
    links: { base: setting('webBase'), keys: await secretKeys(setting('keysSecret')) },
  };
}

export function awsFeedbackWorld(): FeedbackWorld {
  const dynamodb = dynamodbClient(null);
  return {
    clock,
    log,
    people: dynamoTable(dynamodb, setting('peopleTable')),
    configurationSet: setting('configurationSet'),
  };
}

export async function awsWebWorld(): Promise<WebWorld> {
  const dynamodb = dynamodbClient(null);
  const sqs = sqsClient(null);
  return {
    clock,
    log,
    news: dynamoTable(dynamodb, setting('newsTable')),
    people: dynamoTable(dynamodb, setting('peopleTable')),
    deliverQueue: sqsQueue(sqs, setting('deliverQueue')),
    config: config('web'),
    links: { base: setting('webBase'), keys: await secretKeys(setting('keysSecret')) },
  };
}

/** The function's part of the checked watch file, put beside its code by the deployment. */
function config<Name extends keyof ConfigParts>(_of: Name): ConfigParts[Name] {
  return JSON.parse(readFileSync(new URL('./config.json', import.meta.url), 'utf8')) as ConfigParts[Name];
}
