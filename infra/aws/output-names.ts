/** By which names a stack, and what it tells of itself, is found. Apart, so that commands need not load the CDK. */

/** What the stack of a stage is called. */
export const stackName = (stage: string): string => `watchword-${stage}`;

/** What those outputs are called that commands ask for; `stack.ts` makes them, from the names of its parts. */
export const outputNames = {
  news: 'NewsTableName',
  people: 'PeopleTableName',
  keys: 'KeysSecretArn',
  dispatch: 'DispatchFunctionName',
  digest: 'DigestFunctionName',
  pollQueue: 'PollQueueUrl',
  deliverQueue: 'DeliverQueueUrl',
  noticesQueue: 'NoticesQueueUrl',
  pollDeadLetters: 'PollDeadLettersUrl',
  deliverDeadLetters: 'DeliverDeadLettersUrl',
  noticesDeadLetters: 'NoticesDeadLettersUrl',
  ticksDeadLetters: 'TicksDeadLettersUrl',
} as const;
