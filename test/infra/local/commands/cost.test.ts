/** `watchword cost` as people call it. */
import { describe, expect, it } from 'vitest';
import { Usage } from '../../../../infra/local/command.ts';
import { cost } from '../../../../infra/local/commands/cost.ts';

async function said(...args: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = { out: (line: string) => out.push(line), err: (line: string) => err.push(line), interactive: false };
  const code = await cost.run(args, terminal as never);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

describe('watchword cost', () => {
  it('says of a watch file what each part costs, with the dates of its prices and measurements', async () => {
    const { code, out, err } = await said('--watch', 'seeds/watch.yaml');
    expect([code, err]).toEqual([0, '']);
    for (const word of [
      'Alarms',
      'Polls',
      'Mails sent',
      'Together',
      'Prices of 20',
      'Usage measured on 20',
      'free tier',
    ]) {
      expect(out).toContain(word);
    }
  });

  it('costs more with subscribers, and other money elsewhere', async () => {
    const total = async (...args: readonly string[]) =>
      (JSON.parse((await said('--json', '--watch', 'seeds/watch.yaml', ...args)).out) as { total: number }).total;
    const alone = await total();
    expect(await total('--subscribers', '1000')).toBeGreaterThan(alone + 3);
    expect(await total('--region', 'eu-west-2')).toBeGreaterThan(alone);
  });

  it.each([
    [['--region', 'mars-1'], 'prices are known for us-east-1 and eu-west-2'],
    [['--subscribers', 'many'], 'a whole number'],
  ])('refuses %j', async (args, sentence) => {
    const refused = said(...args);
    await expect(refused).rejects.toThrow(Usage);
    await expect(refused).rejects.toThrow(sentence);
  });

  it('ends with 1 where the watch file is not right', async () => {
    expect(await said('--watch', 'no-such.yaml')).toMatchObject({ code: 1, out: '' });
  });
});
