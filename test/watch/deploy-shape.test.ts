import { describe, expect, it } from 'vitest';
import { fileOf, problemsOf, read } from './file-of.ts';

const deploy = (text: string) => fileOf({ deploy: `deploy: ${text}` });
const deployIn = (text: string) => {
  const result = read(text);
  return 'config' in result ? result.config.deploy : undefined;
};

describe('deploy', () => {
  it('is told where, and whom to alarm; the rest has safe defaults', () => {
    expect(deployIn(deploy('{region: eu-west-2, alarms_to: ops@example.org}'))).toEqual({
      region: 'eu-west-2',
      stage: 'prod',
      alarmsTo: 'ops@example.org',
      sender: 'create',
      senderDomain: 'example.org',
      mailFrom: 'bounce.example.org',
      web: null,
      concurrency: 'reserved',
      dashboard: false,
    });
  });

  it('is not needed on this machine', () => {
    expect(read(fileOf({}))).toHaveProperty('config');
    expect(deployIn(fileOf({}))).toBeUndefined();
  });

  it('finds the domain of a sender with a name, as punycode', () => {
    const file = deploy('{region: eu-west-2, alarms_to: ops@example.org, mail_from: Post.Bücher.example}');
    const named = file.replace('from: alerts@example.org', 'from: "Wache <wache@Bücher.example>"');
    expect(deployIn(named)).toMatchObject({
      senderDomain: 'xn--bcher-kva.example',
      mailFrom: 'post.xn--bcher-kva.example',
    });
  });

  it.each([
    [
      'no region',
      '{alarms_to: ops@example.org}',
      '1:9: deploy.region: is missing; write for example region: eu-west-2',
    ],
    [
      'nobody to tell',
      '{region: eu-west-2}',
      '1:9: deploy.alarms_to: is missing; write for example alarms_to: ops@example.org',
    ],
    [
      'a city',
      '{region: London, alarms_to: ops@example.org}',
      '"London" is not a region of AWS; write one such as eu-west-2',
    ],
    [
      'a stage with a space',
      '{region: eu-west-2, alarms_to: a@example.org, stage: my stage}',
      '"my stage" is not a stage',
    ],
    [
      'pages without TLS',
      '{region: eu-west-2, alarms_to: a@example.org, web: http://news.example.org}',
      'is not where pages can be',
    ],
    [
      'pages under a path',
      '{region: eu-west-2, alarms_to: a@example.org, web: https://example.org/news}',
      'is not where pages can be',
    ],
    ['two addresses', '{region: eu-west-2, alarms_to: "a@example.org, b@example.org"}', 'is not one address'],
    ['a key like no other', '{region: eu-west-2, alarms_to: a@example.org, stag: prod}', 'did you mean "stage"?'],
  ])('%s is told with its place', (_, text, told) => {
    expect(problemsOf(deploy(text)).join('\n')).toContain(told);
  });
});
