/** The watch file as a deployment needs it: free of problems, and with the section `deploy`. */
import type { Config, Deploy } from '../../shared/watch/config.ts';
import type { Problem } from '../../shared/watch/problem.ts';
import { loadConfig } from '../local/watch-file.ts';

/** A watch file that says where it is to be deployed. */
export type Deployable = Config & { readonly deploy: Deploy };

/** @param today `YYYY-MM-DD`, the day on which its examples have to hold */
export function configToDeploy(
  path: string,
  today: string,
): { readonly config: Deployable } | { readonly problems: readonly Problem[] } {
  const result = loadConfig(path, today);
  if ('problems' in result) return result;
  const { deploy, network } = result.config;
  const problem = (at: string, message: string) => ({
    problems: [{ file: path, line: 1, column: 1, path: at, message }],
  });
  if (deploy === undefined) {
    return problem('deploy', 'is missing; write for example deploy: {region: eu-west-2, alarms_to: ops@example.org}');
  }
  // Beside a function, on its own machine, its runtime and its credentials answer.
  const own = network.allow.find((place) => /^(?:localhost|127\.|169\.254\.|\[)/i.test(place));
  if (own !== undefined) {
    return problem('network.allow', `"${own}" is a place on the function's own machine; leave it out to deploy`);
  }
  return { config: { ...result.config, deploy } };
}
