/** Checks of what is kept, and for how long: queues, tables, keys, logs. */
import { functions } from '../../../infra/topology.ts';
import { type Found, pointedAt, resourcesOf } from './template.ts';
import { type Check, functionOf, idOf, names, say } from './template-check.ts';

const fortnight = 14 * 86_400;

export const isParking = ({ id }: Found) => id.includes('DeadLetters');

export const queuesLoseNothing: Check = (template) => {
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

export const tablesAreKept: Check = (template) => {
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
export const keysAreDrawnOnce: Check = (template) => {
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

export const logsEnd: Check = (template) => {
  const logs = resourcesOf(template, 'AWS::Logs::LogGroup');
  return [
    ...logs.flatMap(({ id, has }) => say(has.RetentionInDays !== 30, `${id} is not kept for 30 days`)),
    ...names.flatMap((name) => {
      const { LogGroup } = (functionOf(template, name).has.LoggingConfig ?? {}) as { LogGroup?: unknown };
      return say(!logs.some(({ id }) => id === pointedAt(LogGroup)), `${name} writes into a log that never ends`);
    }),
  ];
};

/** A name that we choose stands in the way of a second stage, or of a second account. `$default` is the stage of an API. */
export const noNamesOfOurs: Check = (template) =>
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
