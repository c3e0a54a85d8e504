/**
 * Log as lines of JSON on the standard streams, which Lambda hands on as they are. The one door of everything that is said,
 * and the place where what must never be said is taken out: whoever reads a log is not whoever may know an address.
 */
import { LogFormatter, Logger, LogItem } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';
import type { Log } from '../world.ts';

/** The log of a function. How much it says can be cut by `AWS_LAMBDA_LOG_LEVEL`, which Lambda sets from its own settings. */
export function lambdaLog(): Log {
  const logger = new Logger({ logFormatter: new Line() });
  return logBy((level, event, fields) => logger[level](event, fields));
}

/** @param write takes one line without its end */
export function jsonLog(write: (line: string) => void): Log {
  return logBy((level, event, fields) => write(JSON.stringify({ level, event, ...fields })));
}

type Fields = Readonly<Record<string, unknown>>;

function logBy(write: (level: 'info' | 'error', event: string, fields: LogAttributes) => void): Log {
  return {
    info: (event, fields) => write('info', event, redacted({ ...fields })),
    error: (event, fault, fields) => write('error', event, redacted({ ...fields, fault: told(fault) })),
  };
}

/** Our own line: what Powertools adds by itself (service, memory, ARN) is the same in every line, and is paid for. */
class Line extends LogFormatter {
  override formatAttributes({ logLevel, timestamp, message }: UnformattedAttributes, fields: LogAttributes): LogItem {
    const { service: _, ...ours } = fields;
    return new LogItem({
      attributes: { level: logLevel, timestamp: timestamp.toISOString(), event: message, ...ours },
    });
  }
}

/** Name, message and cause, without the stack of a dependency or the request that it carries along. */
function told(fault: unknown): unknown {
  if (!(fault instanceof Error)) return String(fault);
  return { name: fault.name, message: fault.message, ...(fault.cause !== undefined && { cause: told(fault.cause) }) };
}

/** The same, without addresses of people, tokens of links, and what a feed's address may keep secret. */
function redacted(fields: Fields): LogAttributes {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, without(value)]));
}

function without(value: unknown): unknown {
  if (typeof value === 'string')
    return secrets.reduce((text, [secret, instead]) => text.replace(secret, instead), value);
  if (Array.isArray(value)) return value.map(without);
  return typeof value === 'object' && value !== null ? redacted(value as Fields) : value;
}

/** In this order: an address with a password would else be taken for a mail address. */
const secrets: readonly (readonly [RegExp, string])[] = [
  [/(https?:\/\/)[^\s/?#@"']*@/gi, '$1(credentials)@'],
  [/(https?:\/\/[^\s?#"']*)\?[^\s"']*/gi, '$1?(query)'],
  // A token (shared/delivery/token.ts), whatever stands before it.
  [/\b[cpuxi]\d\.[a-z0-9]{1,4}\.[\w-]+\.[\w-]*\.\d+\.[\w-]{22}/g, '(token)'],
  [/[^\s<>"'(),:;\\[\]]{1,64}@[^\s<>"'(),:;\\[\]@]{1,255}/g, '(address)'],
];
