/** `watchword mail`: looks at a digest before it goes out, and at whether mail arrives. */

import { didYouMean } from '../../../shared/watch/nearest.ts';
import { type Command, Usage } from '../command.ts';

const subcommands = {
  preview: async () => (await import('./mail-preview.ts')).mailPreview,
  test: async () => (await import('./mail-test.ts')).mailTest,
};

export const mail: Command = {
  summary: 'preview the next issue of a digest; send a test mail',
  help: `watchword mail preview DIGEST    what the next issue would say, as files
watchword mail test ADDRESS      send a test mail

watchword mail COMMAND --help tells more.`,
  subcommands,
  async run([word]) {
    if (word === undefined) throw new Usage('Say what to do: mail preview DIGEST, or mail test ADDRESS.');
    throw new Usage(`There is no command “mail ${word}”: ${didYouMean(word, Object.keys(subcommands), 'commands')}`);
  },
};
