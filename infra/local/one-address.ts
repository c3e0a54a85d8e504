/** The one address that a command is about. */
import { parseAddress } from '../../shared/watch/address.ts';
import { Usage } from './command.ts';

/** @throws Usage when there is none, more than one, or no address, with what to write instead */
export function oneAddress([text, ...others]: readonly string[]): string {
  if (text === undefined || others.length > 0) throw new Usage('Name one mail address.');
  const parsed = parseAddress(text);
  if ('problem' in parsed) throw new Usage(`${parsed.problem}.`);
  return parsed.address;
}
