/** Checks of who is told: SES tells us, and alarms tell a person who finds a heading in the runbook. */
import { readFileSync } from 'node:fs';
import { isParking } from './check-kept.ts';
import { pointedAt, resourcesOf } from './template.ts';
import { type Check, say } from './template-check.ts';

/** API reference of SES v1 and v2, "EventDestination". */
const sesEvents = ['send', 'reject', 'bounce', 'complaint', 'delivery', 'deliveryDelay', 'renderingFailure'];

export const sesTells: Check = (template) => {
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

export const alarms: Check = (template) => {
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
