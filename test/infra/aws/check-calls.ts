/** Checks of the functions and of what calls them. */
import { functions } from '../../../infra/topology.ts';
import { pointedAt, resourcesOf } from './template.ts';
import { type Check, functionOf, idOf, names, say } from './template-check.ts';

export const functionsFollowTopology: Check = (template) =>
  names.flatMap((name) => {
    const { has } = functionOf(template, name);
    const plan = functions[name];
    return [
      ...say(has.Runtime !== 'nodejs24.x', `${name} does not run on Node 24`),
      ...say(String(has.Architectures) !== 'arm64', `${name} is not for arm64`),
      ...say(has.Timeout !== plan.timeoutSeconds, `${name} has another timeout than the topology`),
      ...say(has.MemorySize !== plan.memoryMb, `${name} has other memory than the topology`),
      ...say(!(Number(has.ReservedConcurrentExecutions) <= plan.trigger.atOnceMax), `${name} has no brake`),
    ];
  });

/** Only what the topology knows is called, and by what it says. */
export const ticks: Check = (template) => {
  const schedules = resourcesOf(template, 'AWS::Scheduler::Schedule');
  return names.flatMap((name) => {
    const { trigger } = functions[name];
    if (trigger.kind !== 'tick') return [];
    const target = functionOf(template, name).id;
    const schedule = schedules.find(({ has }) => pointedAt((has.Target as { Arn: unknown }).Arn) === target);
    if (schedule === undefined) return [`nothing calls ${name}`];
    const { ScheduleExpression, ScheduleExpressionTimezone, Target } = schedule.has as {
      ScheduleExpression: string;
      ScheduleExpressionTimezone?: string;
      Target: {
        DeadLetterConfig?: unknown;
        RetryPolicy?: { MaximumEventAgeInSeconds?: number; MaximumRetryAttempts?: number };
      };
    };
    const retry = Target.RetryPolicy;
    const failures = resourcesOf(template, 'AWS::Lambda::EventInvokeConfig').find(
      ({ has }) => pointedAt(has.FunctionName) === target,
    );
    return [
      ...say(
        ScheduleExpression !== `cron(${trigger.afterMinutes}/${trigger.everyMinutes} * * * ? *)`,
        `${name} has another schedule than the topology: ${ScheduleExpression}`,
      ),
      ...say(ScheduleExpressionTimezone !== 'UTC', `the ticks of ${name} are not in UTC`),
      ...say(Target.DeadLetterConfig === undefined, `lost ticks of ${name} have no dead letter`),
      ...say(!((retry?.MaximumRetryAttempts ?? 185) <= 5), `a tick of ${name} is tried too often`),
      ...say(
        !((retry?.MaximumEventAgeInSeconds ?? 86_400) < trigger.everyMinutes * 60),
        `a tick of ${name} may come after the next one`,
      ),
      ...say(
        pointedAt((failures?.has.DestinationConfig as object | undefined) ?? null) === null,
        `failed ticks of ${name} have no dead letter`,
      ),
    ];
  });
};

const cronFields = [
  /^(?:\*|[0-5]?\d)(?:\/\d+)?$/,
  /^(?:\*|1?\d|2[0-3])(?:\/\d+)?$/,
  /^(?:\*|\?|\d{1,2})$/,
  /^\*$/,
  /^(?:\*|\?)$/,
  /^\*$/,
];

/** Six fields, of which exactly one of day and weekday is `?`. */
export const crons: Check = (template) =>
  resourcesOf(template, 'AWS::Scheduler::Schedule').flatMap(({ id, has }) => {
    const fields = /^cron\((.*)\)$/.exec(String(has.ScheduleExpression))?.[1]?.split(' ') ?? [];
    const isRight =
      fields.length === 6 &&
      fields.every((field, at) => cronFields[at]?.test(field)) &&
      [fields[2], fields[4]].filter((field) => field === '?').length === 1;
    return say(!isRight, `${id}: ${String(has.ScheduleExpression)} is no schedule`);
  });

export const messages: Check = (template) => {
  const mappings = resourcesOf(template, 'AWS::Lambda::EventSourceMapping');
  return names.flatMap((name) => {
    const { trigger } = functions[name];
    if (trigger.kind !== 'queue') return [];
    const target = functionOf(template, name);
    const mapping = mappings.find(({ has }) => pointedAt(has.FunctionName) === target.id);
    if (mapping === undefined) return [`nothing calls ${name}`];
    const { BatchSize, MaximumBatchingWindowInSeconds, FunctionResponseTypes, ScalingConfig, EventSourceArn } =
      mapping.has;
    const atOnce = Number((ScalingConfig as { MaximumConcurrency?: number } | undefined)?.MaximumConcurrency);
    const reserved = Number(target.has.ReservedConcurrentExecutions ?? Number.POSITIVE_INFINITY);
    return [
      ...say(BatchSize !== trigger.batchSize, `${name} takes other batches than the topology`),
      ...say(
        Number(BatchSize) > 10 && !MaximumBatchingWindowInSeconds,
        `${name} takes over 10 messages without a window`,
      ),
      ...say(String(FunctionResponseTypes) !== 'ReportBatchItemFailures', `${name} cannot give back single messages`),
      ...say(!(atOnce >= 2 && atOnce <= reserved), `${name} is handed more messages at once than it may take`),
      ...say(!pointedAt(EventSourceArn)?.startsWith(`${idOf(trigger.queue)}Queue`), `${name} reads another queue`),
    ];
  });
};

/** Developer guide of Lambda, "Defined runtime environment variables": a stack that sets one of them fails. */
const reservedNames =
  /^(?:_HANDLER|_X_AMZN_TRACE_ID|AWS_(?:DEFAULT_REGION|REGION|EXECUTION_ENV|LAMBDA_.*|ACCESS_KEY.*|SECRET_ACCESS_KEY|SESSION_TOKEN)|LAMBDA_.*)$/;

export const environment: Check = (template) =>
  resourcesOf(template, 'AWS::Lambda::Function').flatMap(({ id, has }) => {
    const { Variables = {} } = (has.Environment ?? {}) as { Variables?: Record<string, unknown> };
    return Object.keys(Variables).flatMap((name) =>
      say(reservedNames.test(name), `${id} sets ${name}, which is Lambda's`),
    );
  });

export const pagesAreGuarded: Check = (template) => {
  const [stage] = resourcesOf(template, 'AWS::ApiGatewayV2::Stage');
  const { ThrottlingBurstLimit, ThrottlingRateLimit } = (stage?.has.DefaultRouteSettings ?? {}) as Record<
    string,
    number
  >;
  const { Format = '' } = (stage?.has.AccessLogSettings ?? {}) as { Format?: string };
  return [
    ...say(!(Number(ThrottlingRateLimit) <= 100 && Number(ThrottlingBurstLimit) <= 100), 'the pages have no brake'),
    ...say(Format === '', 'nobody knows who asks for pages'),
    ...say(
      /path|sourceIp|routeKey|userAgent|rawQuery|header/i.test(Format),
      'the log of pages holds tokens or addresses',
    ),
  ];
};
