/**
 * The environment of a function, written by the deployment and read by the function, both through this one file. Values
 * are names and addresses, never content: what people configure stands in the watch file.
 */

/** What each setting is called in the environment. */
export const settingNames = {
  newsTable: 'NEWS_TABLE',
  peopleTable: 'PEOPLE_TABLE',
  pollQueue: 'POLL_QUEUE_URL',
  deliverQueue: 'DELIVER_QUEUE_URL',
  /** Where the subscriber's pages are, without a slash at the end. */
  webBase: 'WEB_BASE',
  /** Name of the secret that holds the keys of links and names (`Keys` as JSON). */
  keysSecret: 'KEYS_SECRET',
  /** Bucket of the history; only where the watch file asks for one. */
  historyBucket: 'HISTORY_BUCKET',
  configurationSet: 'CONFIGURATION_SET',
} as const;

export type Setting = keyof typeof settingNames;

/** Thrown at a function's first call when the deployment left something out. */
export class MissingSetting extends Error {}

/** @throws MissingSetting when it is not set, or empty */
export function setting(name: Setting): string {
  const value = process.env[settingNames[name]];
  if (!value) throw new MissingSetting(`${settingNames[name]} is not set`);
  return value;
}

/**
 * What a function signs its requests with, put there by Lambda for the life of its process (AWS Lambda developer guide,
 * "Defined runtime environment variables").
 *
 * @throws MissingSetting when it is not there
 */
export function environmentCredentials() {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN } = process.env;
  if (!accessKeyId || !secretAccessKey) throw new MissingSetting('AWS_ACCESS_KEY_ID is not set');
  return { accessKeyId, secretAccessKey, ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }) };
}
