/**
 * Counts what a function uses and AWS would bill: put around the network, a log and a handler, and by `meter-clients.ts`
 * around SDK clients. Off unless somebody puts it there, so nothing on AWS carries it. What no client sees (idle receives,
 * ticks, alarms) is in `standing.ts`.
 */
import type { Socket } from 'node:net';
import { jsonLog } from '../../shared/aws/log.ts';
import type { Network } from '../../shared/fetch/network.ts';
import type { Log } from '../../shared/world.ts';
import { GB, sum, type Usage } from './usage.ts';

/** Amounts by name: of `Usage`, of bytes and packets, and of requests by service and operation. */
export type Counts = Readonly<Record<string, number>>;

export interface Meter {
  add(name: string, amount: number): void;
  /** All since the meter was made, or since `reset`. */
  counts(): Counts;
  reset(): void;
}

export function createMeter(): Meter {
  let counts: Record<string, number> = {};
  return {
    add(name, amount) {
      counts[name] = (counts[name] ?? 0) + amount;
    },
    counts: () => counts,
    reset() {
      counts = {};
    },
  };
}

/** Bytes that each line of a log is billed for beside its own. CloudWatch Logs API, PutLogEvents. */
export const logLineBytes = 26;
/** Headers of IPv4 and of TCP with time stamps (RFC 791, 9293, 7323). */
export const packetHeaderBytes = 52;
/** SQS and SNS count a request for each 64 kB. */
const requestBytes = 65_536;
/** Of a packet over the internet, where 1,500 bytes with headers are the rule. */
const segmentBytes = 1_448;

/**
 * What was counted, in AWS's units.
 *
 * @param withHeaders whether the headers of packets count as sent: AWS does not say
 */
export function usageOf(counts: Counts, withHeaders: boolean): Usage {
  const { readUnits = 0, writeUnits = 0, queueRequests = 0, topicRequests = 0, mails = 0, invocations = 0 } = counts;
  const headers = withHeaders ? (counts.sentPackets ?? 0) * packetHeaderBytes : 0;
  const sentGb = ((counts.sentBytes ?? 0) + headers) / GB;
  const logGb = (counts.logBytes ?? 0) / GB;
  return sum([{ readUnits, writeUnits, queueRequests, topicRequests, mails, invocations, sentGb, logGb }, 1]);
}

/** Requests that SQS or SNS bills for one that carries so many bytes. */
export function requestsOf(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / requestBytes));
}

/** Counts what goes over each line to a publisher: below TLS, so handshakes count; headers of packets are added by their number. */
export function meterNetwork(network: Network, meter: Meter): Network {
  return {
    ...network,
    connect(address, port) {
      const socket = network.connect(address, port);
      socket.once('close', () => {
        meter.add('connections', 1);
        meter.add('sentBytes', socket.bytesWritten);
        meter.add('receivedBytes', socket.bytesRead);
        meter.add('sentPackets', packetsOf(socket));
      });
      return socket;
    },
  };
}

/**
 * Packets that a line sent, by what it carried: Node does not tell. Two to open it and two to close, the three flights of a
 * question over TLS (hello, finish with question, goodbye) or more where these are longer, and an answer to every second
 * packet that came.
 */
function packetsOf({ bytesWritten, bytesRead }: Socket): number {
  return 4 + Math.max(3, Math.ceil(bytesWritten / segmentBytes)) + Math.ceil(bytesRead / (2 * segmentBytes));
}

/** A log as the product's on AWS, whose lines are counted and kept nowhere. */
export function meteredLog(meter: Meter): Log {
  return jsonLog((line) => {
    meter.add('logLines', 1);
    meter.add('logBytes', Buffer.byteLength(line) + logLineBytes);
  });
}

/** What Lambda writes itself of each invocation (its start, its end and its report), lines counted. */
const invocationLogBytes = 340 + 3 * logLineBytes;

/** Counts one invocation: its time, the CPU that this process used meanwhile, and what Lambda logs of it. */
export async function meteredInvocation<T>(meter: Meter, run: () => Promise<T>): Promise<T> {
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  try {
    return await run();
  } finally {
    const { user, system } = process.cpuUsage(cpu);
    meter.add('wallMs', performance.now() - began);
    meter.add('cpuMs', (user + system) / 1_000);
    meter.add('invocations', 1);
    meter.add('logBytes', invocationLogBytes);
  }
}
