/** The commands that an operator types, without an account. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { deployedNote, noteKey } from '../../../infra/aws/deployed-note.ts';
import { noteOf, packNote } from '../../../infra/aws/what-changes.ts';
import { shippedConfig } from './unbundled.ts';

const folder = mkdtempSync(join(tmpdir(), 'watchword-deploy-'));
const shipped = readFileSync('watch.yaml', 'utf8');
const fileWith = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** Runs a program of ours to its end. */
function run(args: readonly string[], env: Record<string, string> = {}): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    const credentials = {
      AWS_ACCESS_KEY_ID: 'none',
      AWS_SECRET_ACCESS_KEY: 'none',
      AWS_MAX_ATTEMPTS: '1',
      CDK_DISABLE_VERSION_CHECK: '1',
    };
    execFile(process.execPath, args, { env: { ...process.env, ...credentials, ...env } }, (fault, stdout, stderr) => {
      resolve({ code: fault === null ? 0 : Number(fault.code), said: `${stdout}${stderr}` });
    });
  });
}

/** Answers GetTemplate as CloudFormation does, for one stack at a time. */
let body = '';
let status = 200;
const cloudFormation = createServer((request, response) => {
  request.resume().on('end', () => response.writeHead(status, { 'content-type': 'text/xml' }).end(body));
});
const xml = (text: string) => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const answer = (template: object) => {
  status = 200;
  body = `<GetTemplateResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><GetTemplateResult><TemplateBody>${xml(JSON.stringify(template))}</TemplateBody></GetTemplateResult></GetTemplateResponse>`;
};
const refuse = (code: string, message: string) => {
  status = 400;
  body = `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
};
let endpoint: Record<string, string> = {};

beforeAll(async () => {
  await new Promise<void>((resolve) => cloudFormation.listen(0, '127.0.0.1', resolve));
  endpoint = {
    AWS_ENDPOINT_URL_CLOUDFORMATION: `http://127.0.0.1:${(cloudFormation.address() as AddressInfo).port}`,
  };
});
afterAll(() => {
  cloudFormation.close();
  rmSync(folder, { recursive: true });
});

// Each starts Node anew, once with all of the CDK.
vi.setConfig({ testTimeout: 60_000 });

describe('a watch file that cannot be deployed', () => {
  it('stops synth, with every problem at its place, an example that does not hold among them', async () => {
    const path = fileWith(
      'typos.yaml',
      shipped
        .replace('digests:\n', 'digest:\n')
        .replace('eu-west-2', 'London')
        .replace('Back doors of terraced houses', 'A backdoor was found'),
    );
    const { code, said } = await run(['infra/aws/app.ts'], { CDK_CONTEXT_JSON: JSON.stringify({ watch: path }) });
    expect(code).toBe(1);
    expect(said).toMatch(/typos\.yaml:\d+:\d+: deploy\.region: "London" is not a region/);
    expect(said).toMatch(
      /typos\.yaml:\d+:1: digest: "digest" is not a key that is known here; did you mean "digests"\?/,
    );
    expect(said).toMatch(/typos\.yaml:\d+:\d+: watches\.0\.examples\.no_match\.1: the watch finds this example/);
  });

  it('is told what to write when nothing says where', async () => {
    const { code, said } = await run(['infra/aws/deploy.ts', 'deploy', '--watch', 'seeds/watch.yaml']);
    expect(code).toBe(1);
    expect(said).toBe(
      'seeds/watch.yaml:1:1: deploy: is missing; write for example deploy: {region: eu-west-2, alarms_to: ops@example.org}\n',
    );
  });
});

// Nothing is there to be asked, so a deployment that takes something away ends before cdk is called.
it('npm run deploy tells what goes, by what CloudFormation keeps, and does not go on by itself', async () => {
  const config = shippedConfig();
  const more = {
    ...config,
    digests: [...config.digests, { ...config.digests[0]!, id: 'gone', name: 'Evening brief' }],
  };
  answer({ Metadata: { [noteKey]: packNote(noteOf(more)) } });
  const { code, said } = await run(['infra/aws/deploy.ts', 'deploy'], endpoint);
  expect(said).toContain('Stage prod in eu-west-2. What changes for people:\n');
  expect(said).toContain('  1 digest goes: its subscribers get no further issue: "Evening brief".\n');
  expect(said).toMatch(/^About \d+\.\d\d USD a month, without those who subscribe themselves; npx watchword cost/m);
  expect(said).toContain('say --yes to go on');
  expect(code).toBe(1);
});

describe('what is deployed', () => {
  it('is not known without an account, which says how to get credentials into the shell', async () => {
    const before = { ...process.env };
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
    const nowhere = '/nonexistent';
    Object.assign(process.env, {
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: nowhere,
      AWS_SHARED_CREDENTIALS_FILE: nowhere,
    });
    try {
      expect(await deployedNote('eu-west-2', 'prod')).toEqual({ unknown: expect.stringContaining('aws configure') });
    } finally {
      Object.assign(process.env, before);
      for (const name of ['AWS_EC2_METADATA_DISABLED', 'AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) {
        if (before[name] === undefined) delete process.env[name];
      }
    }
  });

  it('is nothing before the first deployment, and not known without rights or from a stack of other hands', async () => {
    Object.assign(process.env, { ...endpoint, AWS_ACCESS_KEY_ID: 'none', AWS_SECRET_ACCESS_KEY: 'none' });
    refuse('ValidationError', 'Stack with id watchword-prod does not exist');
    expect(await deployedNote('eu-west-2', 'prod')).toBeNull();
    refuse('AccessDenied', 'not authorized');
    expect(await deployedNote('eu-west-2', 'prod')).toEqual({ unknown: 'not authorized' });
    answer({ Resources: {} });
    expect(await deployedNote('eu-west-2', 'prod')).toEqual({ unknown: 'its stack says nothing of a watch file' });
    const note = noteOf(shippedConfig());
    answer({ Metadata: { [noteKey]: packNote(note) } });
    expect(await deployedNote('eu-west-2', 'prod')).toEqual(note);
  });
});
