/** A server that only this machine can reach. */
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { codeOf, HostProblem } from './host-problem.ts';

export interface Listening {
  /** `http://127.0.0.1:PORT`, without a slash at the end; of use where HTTP is spoken. */
  readonly url: string;
  readonly port: number;
  /** Cuts what is still open: nobody waits for a client that keeps its connection. */
  close(): Promise<void>;
}

/**
 * @param port 0: any that is free
 * @throws HostProblem when the port is taken or not allowed
 */
export async function listenOnLoopback(server: Server, port: number): Promise<Listening> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    const refused = (fault: Error) => reject(portProblem(port, fault));
    server.once('error', refused);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', refused);
      resolve();
    });
  });
  const { port: taken } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${taken}`, port: taken, close: () => closeNow(server, sockets) };
}

/** A port to listen on later: the wanted one while nobody has it, else any that is free. */
export async function freePort(wanted: number): Promise<number> {
  const trial = await listenOnLoopback(createServer(), wanted).catch((fault: unknown) => {
    if (wanted !== 0 && fault instanceof HostProblem) return listenOnLoopback(createServer(), 0);
    throw fault;
  });
  await trial.close();
  return trial.port;
}

function portProblem(port: number, fault: Error): Error {
  switch (codeOf(fault)) {
    case 'EADDRINUSE':
      return new HostProblem(`Port ${port} is in use by another program: stop that, or choose another port.`, {
        cause: fault,
      });
    case 'EACCES':
      return new HostProblem(`Port ${port} is not open to this user: choose one above 1023.`, { cause: fault });
    default:
      return fault;
  }
}

function closeNow(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!server.listening) return resolve();
    server.close((fault) => (fault ? reject(fault) : resolve()));
    for (const socket of sockets) socket.destroy();
  });
}
