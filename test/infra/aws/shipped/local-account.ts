/**
 * What a template describes, made in the servers of this machine: its tables, its queues and its secret, and the values by
 * which its functions know them.
 */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { CreateTableCommand, type CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { CreateQueueCommand, GetQueueAttributesCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { startDynamoDb } from '../../../../infra/local/dynamodb.ts';
import { listenOnLoopback } from '../../../../infra/local/loopback.ts';
import { type EmbeddedSes, startSes } from '../../../../infra/local/ses.ts';
import { startSqs } from '../../../../infra/local/sqs.ts';
import { awsClients } from '../../../../shared/aws/clients.ts';
import { type Found, resourcesOf, type Template } from '../template.ts';

export interface LocalAccount {
  /** The value of a property: texts as they are, references as what they refer to here. */
  localValue(property: unknown): string;
  /** Where the SDK finds these servers: the variables that it reads by itself. */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly clients: ReturnType<typeof awsClients>;
  readonly ses: EmbeddedSes;
  close(): Promise<void>;
}

/** @param mailFolder where the mailer keeps what it is given */
export async function openAccount(template: Template, mailFolder: string): Promise<LocalAccount> {
  const [dynamodb, sqs, ses] = await Promise.all([
    startDynamoDb({ folder: null }),
    startSqs({ folder: null }),
    startSes({ folder: mailFolder, clock: Date.now }),
  ]);
  const clients = awsClients({ dynamodb: dynamodb.endpoint, sqs: sqs.endpoint, ses: ses.endpoint });
  const known = new Map<string, string>();
  const secrets = new Map<string, string>();
  for (const table of resourcesOf(template, 'AWS::DynamoDB::GlobalTable')) {
    const { KeySchema, AttributeDefinitions, BillingMode } = table.has as unknown as CreateTableCommandInput;
    await clients.dynamodb.send(
      new CreateTableCommand({ TableName: table.id, KeySchema, AttributeDefinitions, BillingMode }),
    );
    known.set(table.id, table.id);
  }
  const queues = resourcesOf(template, 'AWS::SQS::Queue');
  for (const { id } of queues) {
    await clients.sqs.send(new CreateQueueCommand({ QueueName: id }));
    // Not the address that the server gives, which names a host that does not resolve.
    const url = `${sqs.endpoint}/000000000000/${id}`;
    known.set(id, url);
    const { Attributes } = await clients.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }),
    );
    known.set(`${id}.Arn`, Attributes?.QueueArn ?? '');
  }
  for (const secret of resourcesOf(template, 'AWS::SecretsManager::Secret')) {
    known.set(secret.id, `arn:aws:secretsmanager:eu-west-2:000000000000:secret:${secret.id}`);
    secrets.set(known.get(secret.id) ?? '', drawn(secret));
  }
  for (const type of ['AWS::SES::ConfigurationSet', 'AWS::Lambda::Function']) {
    for (const { id } of resourcesOf(template, type)) known.set(id, id);
  }
  for (const { id } of resourcesOf(template, 'AWS::ApiGatewayV2::Api')) {
    known.set(`${id}.ApiEndpoint`, 'https://pages.example.org');
  }
  const localValue = (property: unknown) => valueIn(known, property);
  for (const queue of queues) await shape(clients, queue, localValue);
  const secretsManager = await serveSecrets(secrets);
  return {
    localValue,
    clients,
    ses,
    endpoints: {
      AWS_ENDPOINT_URL_DYNAMODB: dynamodb.endpoint,
      AWS_ENDPOINT_URL_SQS: sqs.endpoint,
      AWS_ENDPOINT_URL_SES: ses.endpoint,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.url,
    },
    async close() {
      for (const client of Object.values(clients)) client.destroy();
      await Promise.all([secretsManager.close(), ses.close(), sqs.close(), dynamodb.close()]);
    },
  };
}

/** @throws for what stands for something that is not made here: then the test has to learn it */
function valueIn(known: ReadonlyMap<string, string>, property: unknown): string {
  if (typeof property === 'string') return property;
  const {
    Ref,
    'Fn::GetAtt': attribute,
    'Fn::Join': join,
  } = Object(property) as {
    readonly Ref?: string;
    readonly 'Fn::GetAtt'?: readonly [string, string];
    readonly 'Fn::Join'?: readonly [string, readonly unknown[]];
  };
  if (join !== undefined) return join[1].map((part) => valueIn(known, part)).join(join[0]);
  const value = known.get(Ref ?? attribute?.join('.') ?? '');
  if (value === undefined) throw new Error(`nothing here is ${JSON.stringify(property)}`);
  return value;
}

async function shape(
  { sqs }: LocalAccount['clients'],
  { id, has }: Found,
  localValue: LocalAccount['localValue'],
): Promise<void> {
  const { VisibilityTimeout, RedrivePolicy } = has as {
    readonly VisibilityTimeout?: number;
    readonly RedrivePolicy?: { readonly deadLetterTargetArn: unknown; readonly maxReceiveCount: number };
  };
  const redrive = RedrivePolicy && {
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: localValue(RedrivePolicy.deadLetterTargetArn),
      maxReceiveCount: RedrivePolicy.maxReceiveCount,
    }),
  };
  const Attributes = {
    ...(VisibilityTimeout !== undefined && { VisibilityTimeout: String(VisibilityTimeout) }),
    ...redrive,
  };
  if (Object.keys(Attributes).length === 0) return;
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl: localValue({ Ref: id }), Attributes }));
}

/** What CloudFormation would draw: a text of letters and digits, here always the same. */
function drawn({ has }: Found): string {
  const { GenerateStringKey, PasswordLength, SecretStringTemplate } = has.GenerateSecretString as {
    readonly GenerateStringKey: string;
    readonly PasswordLength: number;
    readonly SecretStringTemplate: string;
  };
  const letters = createHash('sha512').update('a secret of a test').digest('hex').slice(0, PasswordLength);
  return JSON.stringify({ ...JSON.parse(SecretStringTemplate), [GenerateStringKey]: letters });
}

/** Secrets Manager, as far as one secret is read: https://docs.aws.amazon.com/secretsmanager/latest/apireference/ */
function serveSecrets(secrets: ReadonlyMap<string, string>) {
  const server = createServer(async (request, response) => {
    const { SecretId } = JSON.parse(await text(request)) as { readonly SecretId: string };
    const SecretString = secrets.get(SecretId);
    const asked = request.headers['x-amz-target'] === 'secretsmanager.GetSecretValue';
    response.writeHead(asked && SecretString !== undefined ? 200 : 400, {
      'content-type': 'application/x-amz-json-1.1',
    });
    const answer =
      asked && SecretString !== undefined ? { ARN: SecretId, SecretString } : { __type: 'ResourceNotFoundException' };
    response.end(JSON.stringify(answer));
  });
  return listenOnLoopback(server, 0);
}
