/** Checks of who may do what. */
import { type FunctionName, functions } from '../../../infra/topology.ts';
import { type Found, pointedAt, resourcesOf, type Template } from './template.ts';
import { type Check, functionOf, idOf, names, say } from './template-check.ts';

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
export const publishers: Check = (template) => {
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
export const rights: Check = (template) => {
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
export const wall: Check = (template) =>
  (['dispatch', 'poll'] as const).flatMap((name) => {
    const role = pointedAt(functionOf(template, name).has.Role);
    const reach = JSON.stringify(allowedIn(template).filter((each) => each.role === role));
    return [
      ...say(/People/.test(reach), `${name} reaches people`),
      ...say(/"ses:/.test(reach), `${name} can send mail`),
      ...say(/secretsmanager/.test(reach), `${name} can read the keys`),
    ];
  });

export const noWildcards: Check = (template) =>
  allowedIn(template).flatMap(({ role, action, on }) => [
    ...say(action.includes('*'), `${role} may do ${action}`),
    ...say(on.includes('*') && action !== 's3:PutObject', `${role} may do ${action} on ${on}`),
  ]);
