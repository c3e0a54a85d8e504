/** SDK clients, each made once for the life of a process. A function makes those it uses: what it has none of is not in its bundle. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SESClient } from '@aws-sdk/client-ses';
import { SQSClient } from '@aws-sdk/client-sqs';

/** Where the services are when they are not on AWS. */
export interface Emulators {
  readonly dynamodb: string;
  readonly sqs: string;
  readonly ses: string;
}

/** @param region for who is not a function, and has no environment that names it */
export function dynamodbClient(endpoint: string | null, region?: string): DynamoDBClient {
  return new DynamoDBClient({ ...at(endpoint), ...(region !== undefined && { region }) });
}

/** @param region as above */
export function sqsClient(endpoint: string | null, region?: string): SQSClient {
  return new SQSClient({ ...at(endpoint), ...(region !== undefined && { region }) });
}

export type Sqs = ReturnType<typeof sqsClient>;

/** A retry inside the client would be a second mail that no delivery state knows of. */
export function sesClient(endpoint: string | null): SESClient {
  return new SESClient({
    ...at(endpoint),
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 15_000, throwOnRequestTimeout: true },
  });
}

/** All of them, for a host that plays AWS itself. */
export function awsClients(emulators: Emulators) {
  return {
    dynamodb: dynamodbClient(emulators.dynamodb),
    sqs: sqsClient(emulators.sqs),
    ses: sesClient(emulators.ses),
  };
}

export type AwsClients = ReturnType<typeof awsClients>;

/** @param endpoint null on AWS, where region and credentials come from the function's environment */
function at(endpoint: string | null) {
  return endpoint === null
    ? {}
    : { endpoint, region: 'eu-west-2', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
}
