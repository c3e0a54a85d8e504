/**
 * What a person is told of, by mail: each alarm is about something to do, and has its heading in RUNBOOK.md. Those of a
 * queue stand for its function, whose failures end in its dead letters.
 */
import { Duration, type Stack, Validations } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Alarm, ComparisonOperator, type IMetric, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Config, Deploy, Feed } from '../../shared/watch/config.ts';
import type { Functions } from './functions.ts';
import { type Counts, countsOf } from './log-counts.ts';
import type { Queues } from './queues.ts';

export interface Watched {
  readonly config: Config;
  readonly deploy: Deploy;
  readonly functions: Functions;
  readonly queues: Queues;
  readonly pages: HttpApi;
}

interface Plan {
  readonly metric: IMetric;
  /** The alarm rings above it, or below it with `below`. */
  readonly limit: number;
  readonly below?: true;
  readonly periods?: number;
  /** Whether silence is the very thing to be told of. */
  readonly silenceRings?: true;
  /** What has happened, in one sentence. */
  readonly says: string;
  /** The heading in RUNBOOK.md. */
  readonly heading: string;
}

export function alarmsOf(stack: Stack, watched: Watched): readonly Alarm[] {
  const bell = bellOf(stack, watched.deploy.alarmsTo);
  return Object.entries(plansOf(stack, watched)).map(([id, plan]) => {
    const alarm = new Alarm(stack, `${id}Alarm`, {
      alarmDescription: `${plan.says} What to do: infra/aws/RUNBOOK.md#${plan.heading}`,
      metric: plan.metric,
      threshold: plan.limit,
      comparisonOperator: plan.below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: plan.periods ?? 1,
      treatMissingData: plan.silenceRings ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(bell));
    return alarm;
  });
}

/** Who hears of it. With TLS demanded the topic has a policy of its own, in which CloudWatch must be named. */
function bellOf(stack: Stack, alarmsTo: string): Topic {
  const topic = new Topic(stack, 'AlarmsTopic', { displayName: `Watchword ${stack.stackName}`, enforceSSL: true });
  topic.addToResourcePolicy(
    new PolicyStatement({
      actions: ['sns:Publish'],
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
    }),
  );
  const subscription = topic.addSubscription(new EmailSubscription(alarmsTo));
  Validations.of(subscription).acknowledge({
    id: 'Serverless-SNSRedrivePolicy',
    reason: 'A mail that cannot be delivered is tried for days; the alarm itself stays red in CloudWatch',
  });
  return topic;
}

type Plans = Readonly<Record<string, Plan>>;

const often = Duration.minutes(5);
const hour = Duration.hours(1);

function plansOf(stack: Stack, watched: Watched): Plans {
  const counts = countsOf(stack, watched.deploy.stage, watched.functions);
  return {
    ...parked(watched.queues),
    ...late(watched),
    ...unread(watched.config, counts),
    ...pagesDown(watched),
    ...mailAtStake(counts),
  };
}

/** One for each queue, so that the mail says which; an alarm over all of them would cost as much. */
function parked({ deadLetters }: Queues): Plans {
  return Object.fromEntries(
    Object.values(deadLetters).map((queue) => [
      queue.node.id,
      {
        metric: queue.metricApproximateNumberOfMessagesVisible({ period: often }),
        limit: 0,
        says: 'Something failed for good and is parked.',
        heading: 'dead-letters',
      },
    ]),
  );
}

function late({ functions, queues }: Watched): Plans {
  const silent = { limit: 1, below: true, periods: 3, silenceRings: true, heading: 'no-tick' } as const;
  return {
    PollAge: {
      metric: queues.queue.poll.metricApproximateAgeOfOldestMessage({ period: often }),
      limit: 15 * 60,
      periods: 2,
      says: 'Feeds wait to be read for more than 15 minutes.',
      heading: 'feeds-wait',
    },
    DeliverAge: {
      metric: queues.queue.deliver.metricApproximateAgeOfOldestMessage({ period: often }),
      limit: 30 * 60,
      periods: 2,
      says: 'Mail waits to be sent for more than 30 minutes.',
      heading: 'mail-waits',
    },
    DispatchTick: {
      ...silent,
      metric: functions.dispatch.metricInvocations({ period: often }),
      says: 'No feed was asked for in 15 minutes.',
    },
    DigestTick: {
      ...silent,
      metric: functions.digest.metricInvocations({ period: often }),
      says: 'No digest was looked at in 15 minutes.',
    },
  };
}

function unread({ feeds }: Config, { feedsRead }: Counts): Plans {
  return {
    FeedsRead: {
      metric: feedsRead.with({ period: hour }),
      limit: 1,
      below: true,
      periods: hoursOfSilence(feeds),
      silenceRings: true,
      says: 'No feed at all was read in the time in which one should have been.',
      heading: 'no-feed-read',
    },
  };
}

function pagesDown({ pages, functions }: Watched): Plans {
  return {
    PageErrors: {
      metric: pages.metricServerError({ period: often }),
      limit: 0,
      says: 'A page answered with an error.',
      heading: 'page-errors',
    },
    PageThrottles: {
      metric: functions.web.metricThrottles({ period: often }),
      limit: 0,
      says: 'More pages were asked for at once than are answered.',
      heading: 'page-throttles',
    },
  };
}

function mailAtStake({ unknownSends, limitsReached }: Counts): Plans {
  const reputation = (metricName: string) =>
    new Metric({ namespace: 'AWS/SES', metricName, period: hour, statistic: 'Maximum' });
  return {
    UnknownSends: {
      metric: unknownSends.with({ period: hour }),
      limit: 0,
      says: 'Of some mails it is not known whether they were sent.',
      heading: 'unknown-sends',
    },
    LimitReached: {
      metric: limitsReached.with({ period: hour }),
      limit: 0,
      says: 'A limit was reached: the quota of SES, or the cap of sign-ups.',
      heading: 'limit-reached',
    },
    Bounces: {
      metric: reputation('Reputation.BounceRate'),
      limit: 0.025, // SES puts an account under review at 5 %
      says: 'More than 2.5 % of mails bounce.',
      heading: 'bounces',
    },
    Complaints: {
      metric: reputation('Reputation.ComplaintRate'),
      limit: 0.0005, // SES puts an account under review at 0.1 %
      says: 'More than 0.05 % of mails are complained of.',
      heading: 'complaints',
    },
  };
}

/** An hour, or longer where even the most eager feed may rest longer. */
export function hoursOfSilence(feeds: readonly Feed[]): number {
  const longest = Math.min(...feeds.map(({ everyMinutes, atMostMinutes }) => atMostMinutes ?? everyMinutes));
  return Math.max(1, Math.ceil(longest / 60) + (longest > 30 ? 1 : 0));
}
