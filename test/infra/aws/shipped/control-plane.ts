/**
 * What an operator's commands ask of AWS beside tables and queues: CloudFormation for what a stack tells of itself, Lambda to
 * run a function. Shapes: the API references of both.
 */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { listenOnLoopback } from '../../../../infra/local/loopback.ts';
import type { InvocationFailed, RunningFunction } from './lambda-runtime.ts';

export interface ControlPlane {
  readonly endpoints: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/**
 * @param stack the name of the only one
 * @param functions by the names that the stack tells
 */
export async function serveControlPlane(
  stack: string,
  outputs: Readonly<Record<string, string>>,
  functions: ReadonlyMap<string, RunningFunction>,
): Promise<ControlPlane> {
  const cloudFormation = createServer(async (request, response) => {
    const form = new URLSearchParams(await text(request));
    const asked = form.get('StackName');
    const found = form.get('Action') === 'DescribeStacks' && asked === stack;
    response.writeHead(found ? 200 : 400, { 'content-type': 'text/xml' });
    response.end(found ? described(stack, outputs) : absent(asked));
  });
  const lambda = createServer(async (request, response) => {
    const name = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(request.url ?? '')?.[1] ?? '';
    const event = JSON.parse(await text(request));
    await functions
      .get(decodeURIComponent(name))
      ?.invoke(event)
      .then(
        (answer) => response.writeHead(200).end(JSON.stringify(answer ?? null)),
        ({ errorType, message }: InvocationFailed) =>
          response
            .writeHead(200, { 'x-amz-function-error': 'Unhandled' })
            .end(JSON.stringify({ errorType, errorMessage: message })),
      );
    if (!response.writableEnded) response.writeHead(404).end('{}');
  });
  const servers = await Promise.all([cloudFormation, lambda].map((server) => listenOnLoopback(server, 0)));
  const [stacks, runner] = servers;
  return {
    endpoints: {
      AWS_ENDPOINT_URL_CLOUDFORMATION: stacks?.url ?? '',
      AWS_ENDPOINT_URL_LAMBDA: runner?.url ?? '',
    },
    async close() {
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}

const namespace = 'http://cloudformation.amazonaws.com/doc/2010-05-15/';

function described(stack: string, outputs: Readonly<Record<string, string>>): string {
  const members = Object.entries(outputs).map(
    ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  return `<DescribeStacksResponse xmlns="${namespace}"><DescribeStacksResult><Stacks><member><StackName>${stack}</StackName><StackStatus>CREATE_COMPLETE</StackStatus><CreationTime>2026-11-25T00:00:00Z</CreationTime><Outputs>${members.join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
}

function absent(stack: string | null): string {
  return `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id ${stack} does not exist</Message></Error></ErrorResponse>`;
}
