/** Mail: the sender as SES knows it, and the way by which SES tells what became of each mail. */
import { Arn, type Stack, Validations } from 'aws-cdk-lib';
import {
  ConfigurationSet,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  MailFromBehaviorOnMxFailure,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Deploy } from '../../shared/watch/config.ts';

export interface Mail {
  readonly configurationSet: ConfigurationSet;
  /** Null where the sender's domain is known to SES already. */
  readonly identity: EmailIdentity | null;
  readonly identityArn: string;
  readonly configurationSetArn: string;
}

export function mailOf(stack: Stack, deploy: Deploy, notices: Queue): Mail {
  const configurationSet = new ConfigurationSet(stack, 'Mails', {
    suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
  });
  tellOf(stack, configurationSet, notices);
  const arn = (resource: string, resourceName: string) => Arn.format({ service: 'ses', resource, resourceName }, stack);
  return {
    configurationSet,
    identity: deploy.sender === 'create' ? identityOf(stack, deploy) : null,
    identityArn: arn('identity', deploy.senderDomain),
    configurationSetArn: arn('configuration-set', configurationSet.configurationSetName),
  };
}

/** Signed by keys that SES makes and changes itself; until the records of `mail_from` stand, SES's own domain is used. */
function identityOf(stack: Stack, { senderDomain, mailFrom }: Deploy): EmailIdentity {
  return new EmailIdentity(stack, 'Sender', {
    identity: Identity.domain(senderDomain),
    mailFromDomain: mailFrom,
    mailFromBehaviorOnMxFailure: MailFromBehaviorOnMxFailure.USE_DEFAULT_VALUE,
  });
}

/** SES → topic → queue, as SES wrote it (raw). SES cannot write to a queue itself. */
function tellOf(stack: Stack, configurationSet: ConfigurationSet, notices: Queue): void {
  const topic = new Topic(stack, 'NoticesTopic', { enforceSSL: true });
  topic.addSubscription(new SqsSubscription(notices, { rawMessageDelivery: true }));
  // Allows SES to publish, for this account's configuration set only.
  configurationSet.addEventDestination('Notices', {
    destination: EventDestination.snsTopic(topic),
    events: [
      EmailSendingEvent.SEND,
      EmailSendingEvent.REJECT,
      EmailSendingEvent.BOUNCE,
      EmailSendingEvent.COMPLAINT,
      EmailSendingEvent.DELIVERY,
      EmailSendingEvent.DELIVERY_DELAY,
      EmailSendingEvent.RENDERING_FAILURE,
    ],
  });
  for (const subscription of notices.node.children.filter(({ node }) => node.id.includes('NoticesTopic'))) {
    Validations.of(subscription).acknowledge({
      id: 'Serverless-SNSRedrivePolicy',
      reason:
        'SNS tries a queue of the same account for 23 days; a second dead letter would be no safer than that queue',
    });
  }
}
