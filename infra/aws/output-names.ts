/** By which names a stack, and what it tells of itself, is found. Apart, so that commands need not load the CDK. */

/** What the stack of a stage is called. */
export const stackName = (stage: string): string => `watchword-${stage}`;

/** What each output is called in the template. */
export const outputNames = {
  pages: 'PagesUrl',
  region: 'Region',
  news: 'NewsTableName',
  people: 'PeopleTableName',
  keys: 'KeysSecretArn',
  dispatch: 'DispatchName',
  digest: 'DigestName',
  pollQueue: 'PollQueueUrl',
  deliverQueue: 'DeliverQueueUrl',
  noticesQueue: 'NoticesQueueUrl',
  pollDeadLetters: 'PollDeadLettersUrl',
  deliverDeadLetters: 'DeliverDeadLettersUrl',
  noticesDeadLetters: 'NoticesDeadLettersUrl',
  ticksDeadLetters: 'TicksDeadLettersUrl',
} as const;
