/** What is billed while nothing happens is what the stack really makes. */
import { describe, expect, it } from 'vitest';
import { countedLines } from '../../../infra/aws/log-counts.ts';
import { surroundings } from '../../../infra/cost/standing.ts';
import { resourcesOf } from '../aws/template.ts';
import { shippedConfig, templateOf } from '../aws/unbundled.ts';

describe('what stands around the functions', () => {
  it('is counted as the stack makes it', () => {
    const template = templateOf(shippedConfig());
    const made = (type: string) => resourcesOf(template, type).length;
    expect(surroundings).toEqual({
      alarms: made('AWS::CloudWatch::Alarm'),
      metrics: new Set(countedLines.map(({ count }) => count)).size,
      dashboards: made('AWS::CloudWatch::Dashboard'),
      secrets: made('AWS::SecretsManager::Secret'),
    });
  });
});
