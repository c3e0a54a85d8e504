/**
 * A deployment, as an operator's command sees it: found by the name of its stage, reached with the operator's own
 * credentials. What keeps it from being reached is told as a sentence.
 */
import { dynamodbClient, sqsClient } from '../../shared/aws/clients.ts';
import { invokeFunction } from '../../shared/aws/invoke.ts';
import { secretKeys } from '../../shared/aws/secret-keys.ts';
import { stackOutputs } from '../../shared/aws/stack-outputs.ts';
import { dynamoTable } from '../../shared/aws/table.ts';
import type { Keys } from '../../shared/delivery/token.ts';
import { type Instant, iso } from '../../shared/time.ts';
import type { Config } from '../../shared/watch/config.ts';
import type { WholeTable } from '../../shared/world.ts';
import { outputNames, stackName } from '../aws/output-names.ts';
import { codeOf, HostProblem } from './host-problem.ts';
import type { QueuePair, Stored } from './stored.ts';

export interface Stage extends Stored {
  readonly region: string;
  readonly people: WholeTable;
  /** What its links are signed with, and people named by. */
  keys(): Promise<Keys>;
  /**
   * Runs a function of a schedule to its end, as an operator's wish of this moment.
   *
   * @throws HostProblem when it failed
   */
  ask(name: 'dispatch' | 'digest', at: Instant): Promise<void>;
}

/**
 * @param region as said on the command line
 * @throws HostProblem
 */
export async function openStage(
  stage: string,
  region: string | undefined,
  config: Pick<Config, 'deploy'>,
): Promise<Stage> {
  const wanted = region ?? config.deploy?.region ?? null;
  const stack = stackName(stage);
  const found = await stackOutputs(stack, wanted).catch((fault: unknown) => {
    throw awsProblem(fault, wanted);
  });
  if (found === null) {
    throw new HostProblem(
      `There is no stack ${stack} in ${wanted ?? 'the region of your AWS profile'}: deploy it, or name another --stage or --region.`,
    );
  }
  const of = (name: keyof typeof outputNames) => {
    const value = found.outputs[outputNames[name]];
    if (value !== undefined) return value;
    throw new HostProblem(
      `The stack ${stack} does not tell its ${outputNames[name]}: deploy it anew with this version.`,
    );
  };
  const dynamodb = dynamodbClient(null, found.region);
  const sqs = sqsClient(null, found.region);
  const pair = (queue: keyof typeof outputNames, parked: keyof typeof outputNames): QueuePair => ({
    url: of(queue),
    deadLettersUrl: of(parked),
  });
  return {
    name: `stage ${stage} in ${found.region}`,
    region: found.region,
    keys: () =>
      secretKeys(of('keys'), found.region).catch((fault: unknown) => {
        throw awsProblem(fault, found.region);
      }),
    news: reachable(dynamoTable(dynamodb, of('news')), found.region),
    people: reachable(dynamoTable(dynamodb, of('people')), found.region),
    sqs,
    queues: {
      poll: pair('pollQueue', 'pollDeadLetters'),
      deliver: pair('deliverQueue', 'deliverDeadLetters'),
      notices: pair('noticesQueue', 'noticesDeadLetters'),
      ticks: { url: null, deadLettersUrl: of('ticksDeadLetters') },
    },
    async ask(name, at) {
      const event = { time: iso(at), detail: { asked: true } };
      const failed = await invokeFunction(found.region, of(name), event).catch((fault: unknown) => {
        throw awsProblem(fault, found.region);
      });
      if (failed !== null) throw new HostProblem(`The function ${name} of stage ${stage} failed: ${failed}`);
    },
    async close() {
      dynamodb.destroy();
      sqs.destroy();
    },
  };
}

/** The same table, whose faults are sentences. */
function reachable<T extends object>(table: T, region: string): T {
  return new Proxy(table, {
    get(target, name) {
      const method = Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>;
      return (...args: unknown[]) =>
        method.apply(target, args).catch((fault: unknown) => {
          throw awsProblem(fault, region);
        });
    },
  });
}

/** What AWS, or the way to it, said. Names of faults: SDK for JavaScript, and "Common errors" of each service. */
export function awsProblem(fault: unknown, region: string | null): HostProblem {
  if (fault instanceof HostProblem) return fault;
  const { name = 'Error', message = String(fault) } = Object(fault) as { name?: string; message?: string };
  const say = (sentence: string) => new HostProblem(sentence, { cause: fault });
  if (/Region is missing/i.test(message)) {
    return say('No region is known: write deploy: {region: …} in the watch file, or say --region.');
  }
  if (name === 'CredentialsProviderError' || /credentials? .*(?:not|could not|missing)/i.test(message)) {
    return say('No AWS credentials were found: sign in (aws configure, aws sso login), or set AWS_PROFILE.');
  }
  if (/Expired|InvalidClientTokenId|UnrecognizedClient|InvalidSignature|SignatureDoesNotMatch/.test(name)) {
    return say(`AWS does not accept these credentials (${name}): sign in again.`);
  }
  if (/AccessDenied|NotAuthorized|Unauthorized/.test(name)) return say(`Your AWS user may not do this: ${message}`);
  const code = codeOf(fault) ?? codeOf(Object(fault).cause);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return say(`AWS is not reached in ${region ?? 'this region'}: is that a region, and is there a network?`);
  }
  if (code === 'ECONNREFUSED' || code === 'ETIMEDOUT') return say(`AWS is not reached (${code}).`);
  return say(`AWS said: ${name}: ${message}`);
}
