/** A watch by the name that somebody typed. */
import type { Config, Watch } from '../../shared/watch/config.ts';
import { didYouMean } from '../../shared/watch/nearest.ts';
import { Usage } from './command.ts';

/** @throws Usage when there is none, with the name that was probably meant */
export function watchNamed({ watches }: Config, name: string): Watch {
  const found = watches.find((watch) => watch.name === name);
  if (found !== undefined) return found;
  const names = watches.map((watch) => watch.name);
  throw new Usage(`There is no watch “${name}”; ${didYouMean(name, names, 'watches')}`);
}
