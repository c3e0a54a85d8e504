/** Faults to plant in a right template, each with what a check must say of it. */
import type { Resource, Template } from './template.ts';

export interface Fault {
  readonly what: string;
  /** Beginning of the id of a resource, and end of its type where the id alone does not tell. */
  readonly in: string;
  readonly type?: string;
  /** The place within its properties, `A.0.B`; a `+` at the end adds to a list. '' is the resource itself. */
  readonly at: string;
  /** What stands there then; nothing when it is absent. */
  readonly to?: unknown;
  readonly told: RegExp;
}

const statement = 'PolicyDocument.Statement';
const allow = (action: string, on: string) => ({ Effect: 'Allow', Action: action, Resource: { Ref: on } });

/** A template like the given one, with the fault in it. */
export function planted(template: Template, fault: Fault): Template {
  const draft = structuredClone(template);
  const resources = draft.Resources as Record<string, Resource>;
  const found = Object.entries(resources).find(
    ([id, { Type }]) => id.startsWith(fault.in) && Type.endsWith(fault.type ?? ''),
  );
  if (found === undefined) throw new Error(`the template has no ${fault.type ?? 'resource'} ${fault.in}`);
  if (fault.at === '') delete resources[found[0]];
  else put(found[1].Properties ?? {}, fault.at.split('.'), fault.to);
  return draft;
}

function put(into: object, [step = '', ...more]: readonly string[], value: unknown): void {
  const holder = into as Record<string, unknown>;
  if (more.length > 0) put(holder[step] as object, more, value);
  else if (Array.isArray(into) && step === '+') into.push(value);
  else if (Array.isArray(into) && value === undefined) into.splice(Number(step), 1);
  else if (value === undefined) delete holder[step];
  else holder[step] = value;
}

export const faults: readonly Fault[] = [
  {
    what: 'a grant is dropped',
    in: 'PollRole',
    type: 'Policy',
    at: `${statement}.1`,
    told: /poll lacks dynamodb:GetItem on News/,
  },
  {
    what: 'a grant is added',
    in: 'WebRole',
    type: 'Policy',
    at: `${statement}.+`,
    to: allow('ses:SendRawEmail', 'Mails'),
    told: /web has ses:SendRawEmail/,
  },
  {
    what: 'the poll may read people',
    in: 'PollRole',
    type: 'Policy',
    at: `${statement}.+`,
    to: allow('dynamodb:GetItem', 'People'),
    told: /poll reaches people/,
  },
  {
    what: 'dispatch may send mail',
    in: 'DispatchRole',
    type: 'Policy',
    at: `${statement}.+`,
    to: allow('ses:SendEmail', 'Mails'),
    told: /dispatch can send mail/,
  },
  {
    what: 'a wildcard is given',
    in: 'DigestRole',
    type: 'Policy',
    at: `${statement}.+`,
    to: allow('dynamodb:*', 'News'),
    told: /may do dynamodb:\*/,
  },
  { what: 'a queue has no dead letters', in: 'DeliverQueue', at: 'RedrivePolicy', told: /DeliverQueue\w* has no dead/ },
  {
    what: 'a queue gives up too early',
    in: 'PollQueue',
    at: 'RedrivePolicy.maxReceiveCount',
    to: 1,
    told: /too early/,
  },
  {
    what: 'dead letters are forgotten early',
    in: 'PollDeadLetters',
    at: 'MessageRetentionPeriod',
    told: /forgets within a fortnight/,
  },
  {
    what: 'a queue hands out what is still worked on',
    in: 'PollQueue',
    at: 'VisibilityTimeout',
    to: 359,
    told: /what is still worked on/,
  },
  {
    what: 'a queue takes what comes without TLS',
    in: 'NoticesQueue',
    type: 'QueuePolicy',
    at: '',
    told: /without TLS/,
  },
  { what: 'a queue is not encrypted', in: 'DeliverQueue', at: 'SqsManagedSseEnabled', told: /is not encrypted/ },
  { what: 'an alarm is dropped', in: 'UnknownSendsAlarm', at: '', told: /nobody is told of unknown sends/ },
  {
    what: 'an alarm of dead letters is dropped',
    in: 'NoticesDeadLettersAlarm',
    at: '',
    told: /nobody is told of NoticesDeadLetters/,
  },
  { what: 'an alarm tells nobody', in: 'BouncesAlarm', at: 'AlarmActions', told: /BouncesAlarm\w* tells nobody/ },
  {
    what: 'an alarm has no heading',
    in: 'BouncesAlarm',
    at: 'AlarmDescription',
    to: 'Oh.',
    told: /no heading in the runbook/,
  },
  {
    what: 'silence is taken for health',
    in: 'DispatchTickAlarm',
    at: 'TreatMissingData',
    to: 'notBreaching',
    told: /takes silence the wrong way/,
  },
  { what: 'alarms are mailed to nobody', in: 'AlarmsTopicyou', at: '', told: /alarms are mailed to nobody/ },
  {
    what: 'alarms cannot be published',
    in: 'AlarmsTopicPolicy',
    at: `${statement}.1`,
    told: /AlarmsTopic is not open to cloudwatch/,
  },
  {
    what: 'anybody may publish notices',
    in: 'NoticesTopicPolicy',
    at: `${statement}.1.Condition`,
    told: /NoticesTopic is not open to ses/,
  },
  {
    what: 'anybody may write into the notices',
    in: 'NoticesQueuePolicy',
    at: `${statement}.1.Condition`,
    told: /another than the topic of notices/,
  },
  { what: 'a log never ends', in: 'WebLogs', at: 'RetentionInDays', told: /WebLogs\w* is not kept for 30 days/ },
  { what: 'a function has no log of its own', in: 'PollFunction', at: 'LoggingConfig', told: /a log that never ends/ },
  {
    what: 'a table cannot be brought back',
    in: 'News',
    type: 'GlobalTable',
    at: 'Replicas.0.PointInTimeRecoverySpecification',
    told: /cannot be brought back/,
  },
  {
    what: 'a table can be deleted by mistake',
    in: 'People',
    type: 'GlobalTable',
    at: 'Replicas.0.DeletionProtectionEnabled',
    told: /can be deleted by mistake/,
  },
  {
    what: 'an attribute is defined that is no key',
    in: 'News',
    type: 'GlobalTable',
    at: 'AttributeDefinitions.+',
    to: { AttributeName: 'expires', AttributeType: 'N' },
    told: /an attribute that is no key/,
  },
  {
    what: 'another attribute is swept by',
    in: 'News',
    type: 'GlobalTable',
    at: 'TimeToLiveSpecification.AttributeName',
    to: 'ttl',
    told: /nothing is swept/,
  },
  {
    what: 'the keys are drawn anew',
    in: 'Keys',
    at: 'GenerateSecretString.PasswordLength',
    to: 65,
    told: /drawn another way/,
  },
  {
    what: 'a schedule is in a zone',
    in: 'DispatchTick',
    type: 'Schedule',
    at: 'ScheduleExpressionTimezone',
    to: 'Europe/London',
    told: /not in UTC/,
  },
  {
    what: 'a schedule has five fields',
    in: 'DispatchTick',
    type: 'Schedule',
    at: 'ScheduleExpression',
    to: 'cron(0/5 * * * *)',
    told: /is no schedule/,
  },
  {
    what: 'a schedule is faster than the topology',
    in: 'DigestTick',
    type: 'Schedule',
    at: 'ScheduleExpression',
    to: 'cron(2/1 * * * ? *)',
    told: /another schedule than the topology/,
  },
  {
    what: 'a tick is tried for a day',
    in: 'DigestTick',
    type: 'Schedule',
    at: 'Target.RetryPolicy',
    told: /tried too often/,
  },
  {
    what: 'a lost tick is forgotten',
    in: 'DigestTick',
    type: 'Schedule',
    at: 'Target.DeadLetterConfig',
    told: /lost ticks of digest/,
  },
  { what: 'a failed tick is forgotten', in: 'DigestFailures', at: '', told: /failed ticks of digest/ },
  {
    what: 'a batch is too large',
    in: 'FeedbackMessages',
    at: 'BatchSize',
    to: 20,
    told: /over 10 messages without a window/,
  },
  {
    what: 'one message fails all',
    in: 'FeedbackMessages',
    at: 'FunctionResponseTypes',
    told: /cannot give back single messages/,
  },
  { what: 'a queue may start any number', in: 'PollMessages', at: 'ScalingConfig', told: /more messages at once/ },
  {
    what: 'a function has no brake',
    in: 'WebFunction',
    at: 'ReservedConcurrentExecutions',
    told: /web has no brake/,
  },
  {
    what: 'a timeout is changed by hand',
    in: 'DeliverFunction',
    at: 'Timeout',
    to: 300,
    told: /another timeout than the topology/,
  },
  {
    what: "a name of Lambda's is set",
    in: 'WebFunction',
    at: 'Environment.Variables.AWS_REGION',
    to: 'eu-west-2',
    told: /which is Lambda's/,
  },
  {
    what: 'SES tells no complaints',
    in: 'MailsNotices',
    at: 'EventDestination.MatchingEventTypes.3',
    told: /SES tells other events/,
  },
  {
    what: 'an event of SES is misspelt',
    in: 'MailsNotices',
    at: 'EventDestination.MatchingEventTypes.5',
    to: 'delivery_delay',
    told: /SES tells other events/,
  },
  {
    what: 'notices come in an envelope',
    in: 'NoticesQueue',
    type: 'Subscription',
    at: 'RawMessageDelivery',
    told: /comes in an envelope/,
  },
  {
    what: 'the log of pages holds tokens',
    in: 'PagesStage',
    at: 'AccessLogSettings.Format',
    to: '{"path":"$context.path"}',
    told: /holds tokens/,
  },
  { what: 'pages have no throttle', in: 'PagesStage', at: 'DefaultRouteSettings', told: /the pages have no brake/ },
  { what: 'a queue has a name of ours', in: 'PollQueue', at: 'QueueName', to: 'poll', told: /is called poll by us/ },
];
