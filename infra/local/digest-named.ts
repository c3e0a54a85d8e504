/** A digest by the name that somebody typed. */
import type { Config, Digest } from '../../shared/watch/config.ts';
import { didYouMean } from '../../shared/watch/nearest.ts';
import { Usage } from './command.ts';

/** @throws Usage when there is none, with the name that was probably meant */
export function digestNamed({ digests }: Pick<Config, 'digests'>, name: string): Digest {
  const found = digests.find((digest) => digest.name === name);
  if (found !== undefined) return found;
  const names = digests.map((digest) => digest.name);
  throw new Usage(`There is no digest “${name}”; ${didYouMean(name, names, 'digests')}`);
}
