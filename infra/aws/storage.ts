/** What is kept: the two tables, the keys, and the history where the watch file asks for one. All of it outlives the stack. */
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AttributeType, Billing, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { Config } from '../../shared/watch/config.ts';
import type { TableName } from '../topology.ts';
import { keepsHistory } from './bundle.ts';

export interface Storage {
  readonly tables: Readonly<Record<TableName, TableV2>>;
  readonly keys: Secret;
  readonly history: Bucket | null;
}

export function storageOf(scope: Construct, config: Config): Storage {
  return {
    tables: { news: table(scope, 'News'), people: table(scope, 'People') },
    keys: keys(scope),
    history: keepsHistory(config) ? history(scope, config.poll.historyDays ?? 0) : null,
  };
}

function table(scope: Construct, id: string): TableV2 {
  return new TableV2(scope, id, {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
    billing: Billing.onDemand(),
    encryption: TableEncryptionV2.dynamoOwnedKey(), // AWS's own key: at rest all is encrypted, and a key of ours costs 1.00 a month
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    timeToLiveAttribute: 'expires', // only a broom: what is over its time is left out by whoever reads
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
}

/**
 * Drawn by CloudFormation when the secret is made. Nothing under `generateSecretString` may ever be changed: that would
 * draw it anew, and every link in every mail that was sent would be dead.
 */
function keys(scope: Construct): Secret {
  const secret = new Secret(scope, 'Keys', {
    description: 'What links in mails are signed with, and what subscribers are named by',
    generateSecretString: {
      secretStringTemplate: '{}',
      generateStringKey: 'seed',
      passwordLength: 64,
      excludePunctuation: true,
    },
    removalPolicy: RemovalPolicy.RETAIN,
  });
  Validations.of(secret).acknowledge({
    id: 'AwsSolutions-SMG4',
    reason:
      'A link in a mail works as long as the mail is kept; keys are changed by hand, with the one before still read',
  });
  return secret;
}

function history(scope: Construct, days: number): Bucket {
  const bucket = new Bucket(scope, 'History', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    lifecycleRules: [{ expiration: Duration.days(days), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    removalPolicy: RemovalPolicy.RETAIN,
  });
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason: 'Texts that publishers gave to everybody, for at most 30 days; who writes them is one role',
  });
  return bucket;
}
