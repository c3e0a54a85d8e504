/** Log as JSON lines on the standard streams, which the Lambda runtime hands on as they are. */
import type { Log } from '../world.ts';

/** @param write takes one line without its end */
export function jsonLog(write: (line: string) => void): Log {
  return {
    info: (event, fields) => write(JSON.stringify({ level: 'info', event, ...fields })),
    error: (event, fault, fields) => write(JSON.stringify({ level: 'error', event, ...fields, fault: told(fault) })),
  };
}

/** Name, message and cause, without the stack of a dependency or the request that it carries along. */
function told(fault: unknown): unknown {
  if (!(fault instanceof Error)) return String(fault);
  return { name: fault.name, message: fault.message, ...(fault.cause !== undefined && { cause: told(fault.cause) }) };
}
