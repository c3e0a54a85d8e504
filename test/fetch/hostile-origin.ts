/**
 * A publisher on loopback that does, byte for byte, what no publisher should. Each path is one way to hurt whoever asks;
 * what it does ends when the asker hangs up, and in any case with the test.
 */
import net, { type Server, type Socket } from 'node:net';
import tls from 'node:tls';
import { constants, createBrotliCompress, gzipSync } from 'node:zlib';
import { type Listening, listenOnLoopback } from '../../infra/local/loopback.ts';

export interface HostileOrigin extends Listening {
  /** The head of each request, in order. */
  readonly asked: string[];
  /** Requests that were under way at the same time, at most. */
  atOnceMost(): number;
  /** Connections that are open now. */
  connections(): number;
}

/** @param identity speaks TLS with it */
export async function hostileOrigin(identity?: { readonly cert: string; readonly key: string }): Promise<HostileOrigin> {
  const asked: string[] = [];
  const open = new Set<Socket>();
  const server: Server = identity === undefined ? net.createServer() : tls.createServer(identity);
  server.on(identity === undefined ? 'connection' : 'secureConnection', (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
    let head = '';
    socket.on('data', (bytes) => {
      head += bytes.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      asked.push(head);
      const path = head.split(' ')[1] ?? '/';
      head = '';
      (ways[path] ?? hop(path))(socket);
    });
  });
  return { ...(await listenOnLoopback(server, 0)), asked, connections: () => open.size };
}

type Way = (socket: Socket) => void;
