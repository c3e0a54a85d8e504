/** How a command is told that it is about a deployment. Apart, so that one about this machine need not load AWS's clients. */

export const stageOptions = { stage: { type: 'string' }, region: { type: 'string' } } as const;

/** How they are told in the help of a command. */
export const stageHelp = `  --stage X      of the deployment X, with your own AWS credentials, instead of this machine
  --region R     where it runs (default: deploy.region of the watch file, else as your AWS profile says)`;
