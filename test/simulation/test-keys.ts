/** The secrets of the simulated deployment. */
import type { Keys } from '../../shared/delivery/token.ts';

export const testKeys: Keys = { current: { id: '1', secret: 'key' }, previous: null, identity: 'identity' };
