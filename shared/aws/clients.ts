/** SDK clients, one of each for the life of a process. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SESClient } from '@aws-sdk/client-ses';
import { SQSClient } from '@aws-sdk/client-sqs';

/** Where the services are when they are not on AWS. */
export interface Emulators {
  readonly dynamodb: string;
  readonly sqs: string;
  readonly ses: string;
}

/** @param emulators null on AWS, where region and credentials come from the function's environment */
export function awsClients(emulators: Emulators | null) {
  const at = (endpoint: string | undefined) =>
    endpoint === undefined
      ? {}
      : { endpoint, region: 'eu-west-2', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
  return {
    dynamodb: new DynamoDBClient(at(emulators?.dynamodb)),
    sqs: new SQSClient(at(emulators?.sqs)),
    // A retry inside the client would be a second mail that no delivery state knows of.
    ses: new SESClient({
      ...at(emulators?.ses),
      maxAttempts: 1,
      requestHandler: { connectionTimeout: 3_000, requestTimeout: 15_000, throwOnRequestTimeout: true },
    }),
  };
}

export type AwsClients = ReturnType<typeof awsClients>;
