/** What the gate needs of the network: names, lines, and whom to believe. The real one is in `http.ts`; tests have a small one. */
import type { Socket } from 'node:net';

export interface Network {
  /**
   * The addresses of one family that a name has at this moment.
   *
   * @param exempt listed by the operator: the hosts file and its kin count, too
   * @throws with a `code` when the name has none, or when nobody could say
   */
  addressesOf(name: string, family: 4 | 6, exempt: boolean): Promise<readonly string[]>;
  /** Begins to connect to an address, never to a name. */
  connect(address: string, port: number): Socket;
  /** Who may sign certificates, as PEM; when left out, whom Node believes. */
  readonly authorities?: readonly string[];
}
