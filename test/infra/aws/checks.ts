/**
 * What must hold of a template that neither CloudFormation's validation nor cdk-nag looks at. Each check is a function over
 * a template, so that templates with a planted fault can be held against it too.
 */
import { readFileSync } from 'node:fs';
import { type FunctionName, functions } from '../../../infra/topology.ts';
import { type Found, pointedAt, resourcesOf, type Template } from './template.ts';

/** Sentences about what is wrong; none when all is well. */
export type Check = (template: Template) => readonly string[];

const names = Object.keys(functions) as FunctionName[];
const idOf = (name: string) => `${name[0]?.toUpperCase()}${name.slice(1)}`;
const say = (isWrong: boolean, sentence: string): readonly string[] => (isWrong ? [sentence] : []);

export function functionOf(template: Template, name: FunctionName): Found {
  const found = resourcesOf(template, 'AWS::Lambda::Function').find(({ id }) => id.startsWith(`${idOf(name)}Function`));
  if (found === undefined) throw new Error(`there is no function ${name}`);
  return found;
}

const functionsFollowTopology: Check = (template) =>
  names.flatMap((name) => {
    const { has } = functionOf(template, name);
    const plan = functions[name];
    return [
      ...say(has.Runtime !== 'nodejs24.x', `${name} does not run on Node 24`),
      ...say(String(has.Architectures) !== 'arm64', `${name} is not for arm64`),
      ...say(has.Timeout !== plan.timeoutSeconds, `${name} has another timeout than the topology`),
      ...say(has.MemorySize !== plan.memoryMb, `${name} has other memory than the topology`),
      ...say(!(Number(has.ReservedConcurrentExecutions) <= plan.reserved), `${name} has no brake`),
    ];
  });

/** Only what the topology knows is called, and by what it says. */
const ticks: Check = (template) => {
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
const crons: Check = (template) =>
  resourcesOf(template, 'AWS::Scheduler::Schedule').flatMap(({ id, has }) => {
    const fields = /^cron\((.*)\)$/.exec(String(has.ScheduleExpression))?.[1]?.split(' ') ?? [];
    const isRight =
      fields.length === 6 &&
      fields.every((field, at) => cronFields[at]?.test(field)) &&
      [fields[2], fields[4]].filter((field) => field === '?').length === 1;
    return say(!isRight, `${id}: ${String(has.ScheduleExpression)} is no schedule`);
  });

const messages: Check = (template) => {
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

const fortnight = 14 * 86_400;
const isParking = ({ id }: Found) => id.includes('DeadLetters');

const queuesLoseNothing: Check = (template) => {
  const all = resourcesOf(template, 'AWS::SQS::Queue');
  const policies = resourcesOf(template, 'AWS::SQS::QueuePolicy');
  return all.flatMap((queue) => {
    const { RedrivePolicy, MessageRetentionPeriod, VisibilityTimeout, SqsManagedSseEnabled } = queue.has;
    const retention = Number(MessageRetentionPeriod ?? 4 * 86_400);
    const policy = JSON.stringify(policies.find(({ has }) => pointedAt(has.Queues) === queue.id)?.has ?? '');
    const common = [
      ...say(SqsManagedSseEnabled !== true, `${queue.id} is not encrypted`),
      ...say(
        !/"aws:SecureTransport":"false".*"Effect":"Deny"/.test(policy),
        `${queue.id} can be spoken to without TLS`,
      ),
    ];
    if (isParking(queue)) return [...common, ...say(retention !== fortnight, `${queue.id} forgets within a fortnight`)];
    const reader = names.find((name) => {
      const { trigger } = functions[name];
      return trigger.kind === 'queue' && queue.id.startsWith(`${idOf(trigger.queue)}Queue`);
    });
    const redrive = RedrivePolicy as { deadLetterTargetArn?: unknown; maxReceiveCount?: number } | undefined;
    return [
      ...common,
      ...say(
        !pointedAt(redrive?.deadLetterTargetArn ?? null)?.includes('DeadLetters'),
        `${queue.id} has no dead letters`,
      ),
      ...say(!(Number(redrive?.maxReceiveCount) >= 5), `${queue.id} gives up too early`),
      ...say(retention >= fortnight, `what ${queue.id} parks is forgotten as soon as it is parked`),
      ...say(reader === undefined, `nobody reads ${queue.id}`),
      ...say(
        reader !== undefined && Number(VisibilityTimeout) < 6 * functions[reader].timeoutSeconds,
        `${queue.id} hands out again what is still worked on`,
      ),
    ];
  });
};

const tablesAreKept: Check = (template) => {
  const all = resourcesOf(template, 'AWS::DynamoDB::GlobalTable');
  return [
    ...say(all.length !== 2, 'there are not two tables'),
    ...all.flatMap(({ id, is, has }) => {
      const [replica] = has.Replicas as {
        PointInTimeRecoverySpecification?: { PointInTimeRecoveryEnabled?: boolean };
        DeletionProtectionEnabled?: boolean;
      }[];
      const keys = (has.KeySchema as { AttributeName: string }[]).map(({ AttributeName }) => AttributeName);
      const attributes = (has.AttributeDefinitions as { AttributeName: string }[]).map((each) => each.AttributeName);
      const ttl = has.TimeToLiveSpecification as { AttributeName?: string; Enabled?: boolean } | undefined;
      return [
        ...say(keys.join() !== 'pk,sk', `${id} has other keys than the code`),
        ...say(
          attributes.some((name) => !keys.includes(name)),
          `${id} defines an attribute that is no key`,
        ),
        ...say(has.BillingMode !== 'PAY_PER_REQUEST', `${id} is not on demand`),
        ...say(!replica?.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled, `${id} cannot be brought back`),
        ...say(!replica?.DeletionProtectionEnabled, `${id} can be deleted by mistake`),
        ...say(is.DeletionPolicy !== 'Retain' || is.UpdateReplacePolicy !== 'Retain', `${id} goes with the stack`),
        ...say(ttl?.AttributeName !== 'expires' || ttl.Enabled !== true, `nothing is swept out of ${id}`),
      ];
    }),
  ];
};

/** Drawn anew whenever this differs: then no link in any mail would work any more. */
const keysAreDrawnOnce: Check = (template) => {
  const [secret] = resourcesOf(template, 'AWS::SecretsManager::Secret');
  const drawn = JSON.stringify(secret?.has.GenerateSecretString);
  return [
    ...say(
      drawn !==
        '{"ExcludePunctuation":true,"GenerateStringKey":"seed","PasswordLength":64,"SecretStringTemplate":"{}"}',
      `the keys are drawn another way: ${drawn}`,
    ),
    ...say(secret?.is.DeletionPolicy !== 'Retain', 'the keys go with the stack'),
  ];
};

/** API reference of SES v1 and v2, "EventDestination". */
const sesEvents = ['send', 'reject', 'bounce', 'complaint', 'delivery', 'deliveryDelay', 'renderingFailure'];

const sesTells: Check = (template) => {
  const [destination] = resourcesOf(template, 'AWS::SES::ConfigurationSetEventDestination');
  const { MatchingEventTypes, SnsDestination, Enabled } = (destination?.has.EventDestination ?? {}) as {
    MatchingEventTypes?: string[];
    SnsDestination?: { TopicARN: unknown };
    Enabled?: boolean;
  };
  const topic = pointedAt(SnsDestination?.TopicARN ?? null);
  const subscription = resourcesOf(template, 'AWS::SNS::Subscription').find(
    ({ has }) => pointedAt(has.TopicArn) === topic,
  );
  const queue = pointedAt(subscription?.has.Endpoint ?? null);
  return [
    ...say(String(MatchingEventTypes?.toSorted()) !== String(sesEvents.toSorted()), 'SES tells other events'),
    ...say(Enabled !== true, 'SES tells nothing'),
    ...say(!queue?.startsWith('NoticesQueue'), 'what SES tells reaches no queue'),
    ...say(subscription?.has.RawMessageDelivery !== true, 'what SES tells comes in an envelope'),
  ];
};

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Principal?: { readonly Service?: string };
  readonly Condition?: unknown;
}

function statementsIn(document: unknown): readonly Statement[] {
  return (document as { Statement: readonly Statement[] }).Statement;
}

const listOf = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);

/** Who may publish to a topic or write to a queue: one service, in the name of this account or of one topic. */
const publishers: Check = (template) => {
  const allowed = (found: readonly Found[], at: string) =>
    found.flatMap(({ has }) =>
      statementsIn(has.PolicyDocument).flatMap((statement) =>
        statement.Effect === 'Allow' ? [{ on: pointedAt(has[at]), statement }] : [],
      ),
    );
  const topics = allowed(resourcesOf(template, 'AWS::SNS::TopicPolicy'), 'Topics');
  const queues = allowed(resourcesOf(template, 'AWS::SQS::QueuePolicy'), 'Queues');
  const mayPublish = (topic: string, service: string, conditions: readonly RegExp[]) => {
    const all = topics.filter(({ on }) => on?.startsWith(topic));
    const condition = JSON.stringify(all[0]?.statement.Condition ?? '');
    return say(
      all.length !== 1 ||
        all[0]?.statement.Principal?.Service !== service ||
        conditions.some((each) => !each.test(condition)),
      `${topic} is not open to ${service} of this account, and to nobody else`,
    );
  };
  return [
    ...mayPublish('NoticesTopic', 'ses.amazonaws.com', [/SourceAccount/i, /SourceArn.*configuration-set/i]),
    ...mayPublish('AlarmsTopic', 'cloudwatch.amazonaws.com', [/SourceAccount/i]),
    ...say(
      queues.length !== 1 ||
        !queues[0]?.on?.startsWith('NoticesQueue') ||
        !/aws:SourceArn.*NoticesTopic/.test(JSON.stringify(queues[0].statement.Condition)),
      'another than the topic of notices may write to a queue',
    ),
  ];
};

/** Every action that any role of the template has, with the resource it has it on. */
export function allowedIn(template: Template): readonly { role: string; action: string; on: string }[] {
  return resourcesOf(template, 'AWS::IAM::Policy').flatMap(({ has }) =>
    statementsIn(has.PolicyDocument).flatMap((statement) =>
      listOf(statement.Action).flatMap((action) =>
        listOf(statement.Resource as object).map((resource) => ({
          role: pointedAt(has.Roles) ?? '',
          action,
          on: typeof resource === 'string' ? resource : JSON.stringify(resource),
        })),
      ),
    ),
  );
}

/** What the topology gives, in the words of IAM: `action on RESOURCE`. */
function rightsOf(name: FunctionName, keepsHistory: boolean): readonly string[] {
  const { rights, trigger } = functions[name];
  const reading = ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:BatchGetItem'];
  const writing = [...reading, 'dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'];
  const on = (actions: readonly string[], resource: string) => actions.map((action) => `${action} on ${resource}`);
  return [
    ...on(['logs:CreateLogStream', 'logs:PutLogEvents'], `${idOf(name)}Logs`),
    ...(rights.news ? on(rights.news === 'write' ? writing : reading, 'News') : []),
    ...(rights.people ? on(rights.people === 'write' ? writing : reading, 'People') : []),
    ...(rights.sendsTo ?? []).map((queue) => `sqs:SendMessage on ${idOf(queue)}Queue`),
    ...(trigger.kind === 'queue'
      ? on(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], `${idOf(trigger.queue)}Queue`)
      : []),
    ...(trigger.kind === 'tick' ? ['sqs:SendMessage on TicksDeadLetters'] : []),
    ...(rights.keys ? ['secretsmanager:GetSecretValue on Keys'] : []),
    ...(rights.mails ? ['ses:SendRawEmail on the sender', 'ses:SendRawEmail on Mails'] : []),
    ...(rights.history && keepsHistory ? ['s3:PutObject on History'] : []),
  ];
}

/** Each function has the rights that the topology says, not one less and not one more. */
const rights: Check = (template) => {
  const keepsHistory = resourcesOf(template, 'AWS::S3::Bucket').length > 0;
  const allowed = allowedIn(template);
  return names.flatMap((name) => {
    const role = pointedAt(functionOf(template, name).has.Role);
    const has = allowed
      .filter((each) => each.role === role)
      .map(
        ({ action, on }) => `${action} on ${/:identity\//.test(on) ? 'the sender' : (pointedAt(JSON.parse(on)) ?? on)}`,
      )
      .map((right) => right.replace(/[0-9A-F]{8}$/, ''));
    const should = rightsOf(name, keepsHistory);
    return [
      ...should.filter((right) => !has.includes(right)).map((right) => `${name} lacks ${right}`),
      ...has.filter((right) => !should.includes(right)).map((right) => `${name} has ${right}, for no reason`),
    ];
  });
};

/** Code that reads hostile bytes can neither learn who is told nor tell anybody. */
const wall: Check = (template) =>
  (['dispatch', 'poll'] as const).flatMap((name) => {
    const role = pointedAt(functionOf(template, name).has.Role);
    const reach = JSON.stringify(allowedIn(template).filter((each) => each.role === role));
    return [
      ...say(/People/.test(reach), `${name} reaches people`),
      ...say(/"ses:/.test(reach), `${name} can send mail`),
      ...say(/secretsmanager/.test(reach), `${name} can read the keys`),
    ];
  });

const noWildcards: Check = (template) =>
  allowedIn(template).flatMap(({ role, action, on }) => [
    ...say(action.includes('*'), `${role} may do ${action}`),
    ...say(on.includes('*') && action !== 's3:PutObject', `${role} may do ${action} on ${on}`),
  ]);

/** Developer guide of Lambda, "Defined runtime environment variables": a stack that sets one of them fails. */
const reservedNames =
  /^(?:_HANDLER|_X_AMZN_TRACE_ID|AWS_(?:DEFAULT_REGION|REGION|EXECUTION_ENV|LAMBDA_.*|ACCESS_KEY.*|SECRET_ACCESS_KEY|SESSION_TOKEN)|LAMBDA_.*)$/;

const environment: Check = (template) =>
  resourcesOf(template, 'AWS::Lambda::Function').flatMap(({ id, has }) => {
    const { Variables = {} } = (has.Environment ?? {}) as { Variables?: Record<string, unknown> };
    return Object.keys(Variables).flatMap((name) =>
      say(reservedNames.test(name), `${id} sets ${name}, which is Lambda's`),
    );
  });

const logsEnd: Check = (template) => {
  const logs = resourcesOf(template, 'AWS::Logs::LogGroup');
  return [
    ...logs.flatMap(({ id, has }) => say(has.RetentionInDays !== 30, `${id} is not kept for 30 days`)),
    ...names.flatMap((name) => {
      const { LogGroup } = (functionOf(template, name).has.LoggingConfig ?? {}) as { LogGroup?: unknown };
      return say(!logs.some(({ id }) => id === pointedAt(LogGroup)), `${name} writes into a log that never ends`);
    }),
  ];
};

const pagesAreGuarded: Check = (template) => {
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

const runbook = readFileSync(new URL('../../../infra/aws/RUNBOOK.md', import.meta.url), 'utf8');
const headings = [...runbook.matchAll(/^## (.*)$/gm)].map(([, text = '']) =>
  text
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .trim()
    .replace(/\s+/g, '-'),
);

/** What somebody must be told of, by the metric that knows it. */
const alarmsNeeded: readonly (readonly [what: string, metric: RegExp])[] = [
  ['feeds that wait', /ApproximateAgeOfOldestMessage.*PollQueue|PollQueue.*ApproximateAgeOfOldestMessage/],
  ['mail that waits', /DeliverQueue.*ApproximateAgeOfOldestMessage/],
  ['a dispatch that never comes', /DispatchFunction.*"Invocations"/],
  ['a digest that never comes', /DigestFunction.*"Invocations"/],
  ['no feed read', /"feedsRead"/],
  ['pages that fail', /"5xx"/],
  ['pages that are throttled', /WebFunction.*"Throttles"/],
  ['unknown sends', /"unknownSends"/],
  ['a limit that is reached', /"limitsReached"/],
  ['bounces', /"Reputation\.BounceRate"/],
  ['complaints', /"Reputation\.ComplaintRate"/],
];

const alarms: Check = (template) => {
  const all = resourcesOf(template, 'AWS::CloudWatch::Alarm');
  const metrics = all.map(({ has }) => JSON.stringify([has.Dimensions, has.MetricName, has.Namespace]));
  const parking = resourcesOf(template, 'AWS::SQS::Queue').filter(isParking);
  const topic = pointedAt(all[0]?.has.AlarmActions ?? null);
  const heard = resourcesOf(template, 'AWS::SNS::Subscription').some(
    ({ has }) => has.Protocol === 'email' && pointedAt(has.TopicArn) === topic,
  );
  return [
    ...alarmsNeeded.flatMap(([what, metric]) =>
      say(!metrics.some((each) => metric.test(each)), `nobody is told of ${what}`),
    ),
    ...parking.flatMap(({ id }) =>
      say(!metrics.some((each) => each.includes(id) && /MessagesVisible/.test(each)), `nobody is told of ${id}`),
    ),
    ...say(!heard, 'alarms are mailed to nobody'),
    ...all.flatMap(({ id, has }) => {
      const heading = /RUNBOOK\.md#([\w-]+)$/.exec(String(has.AlarmDescription))?.[1];
      const isSilence = has.ComparisonOperator === 'LessThanThreshold';
      return [
        ...say(pointedAt(has.AlarmActions ?? null) !== topic, `${id} tells nobody`),
        ...say(heading === undefined || !headings.includes(heading), `${id} has no heading in the runbook`),
        ...say(
          has.TreatMissingData !== (isSilence ? 'breaching' : 'notBreaching'),
          `${id} takes silence the wrong way`,
        ),
      ];
    }),
  ];
};

/** A name that we choose stands in the way of a second stage, or of a second account. `$default` is the stage of an API. */
const noNamesOfOurs: Check = (template) =>
  Object.entries(template.Resources).flatMap(([id, { Type, Properties }]) => {
    const own = [
      'QueueName',
      'TableName',
      'BucketName',
      'FunctionName',
      'RoleName',
      'TopicName',
      'LogGroupName',
      'AlarmName',
    ];
    const isReference = (value: unknown) => typeof value === 'object';
    return own.flatMap((name) => {
      const value = Properties?.[name];
      return say(value !== undefined && !isReference(value), `${id} (${Type}) is called ${String(value)} by us`);
    });
  });

export const checks = {
  functionsFollowTopology,
  ticks,
  crons,
  messages,
  queuesLoseNothing,
  tablesAreKept,
  keysAreDrawnOnce,
  sesTells,
  publishers,
  rights,
  wall,
  noWildcards,
  environment,
  logsEnd,
  pagesAreGuarded,
  alarms,
  noNamesOfOurs,
} satisfies Readonly<Record<string, Check>>;

/** All that is wrong with a template. */
export function problemsIn(template: Template): readonly string[] {
  return Object.values(checks).flatMap((check) => check(template));
}
