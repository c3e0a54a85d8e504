/** `watchword explain --stage`: what a deployment remembers of an article. */
import { localTime } from '../../shared/digest/local-time.ts';
import { iso } from '../../shared/time.ts';
import { reasonLine } from '../../shared/watch/explain.ts';
import { type Terminal, Usage } from './command.ts';
import { openConfig } from './open-config.ts';
import { openStage } from './stage.ts';
import { type StoredFate, storedFates } from './stored-fate.ts';

interface Asked {
  readonly stage: string;
  readonly watch: string;
  readonly json: boolean;
  readonly region?: string | undefined;
  readonly entry?: string | undefined;
}

export async function explainStored(asked: Asked, sources: readonly string[], terminal: Terminal): Promise<number> {
  const { entry } = asked;
  if (entry === undefined || sources.length > 0) {
    throw new Usage(
      'Of a stage, name the article by --entry and no source: --stage prod --entry "words of its headline".',
    );
  }
  const config = openConfig(asked.watch, terminal);
  if (config === null) return 1;
  const stage = await openStage(asked.stage, asked.region, config);
  try {
    const fates = await storedFates(stage, config, entry);
    for (const fate of fates) {
      if (asked.json) terminal.out(JSON.stringify(lineOf(fate)));
      else for (const line of linesOf(fate, config.deliver.zone)) terminal.out(line);
    }
    if (fates.length > 0) return 0;
    terminal.err(
      `No watch found “${entry}” in ${stage.name}: npx watchword explain with the address of its feed says what was missing.`,
    );
    return 1;
  } finally {
    await stage.close();
  }
}

function lineOf({ hit, watch, digests }: StoredFate): object {
  const { entry, outlet, title, link, foundAt, reasons } = hit;
  return { watch, entry, outlet, title: title.text, link, foundAt: iso(foundAt), reasons, digests };
}

function linesOf({ hit, watch, digests }: StoredFate, zone: string): readonly string[] {
  const found = localTime(zone, Date.now()).nearSlot(hit.foundAt);
  const words = { told: 'told', waiting: 'not told yet', neither: 'neither told nor noted' };
  const fates = digests.map(
    ({ digest, isOwn, was }) => `    ${isOwn ? digest : `${digest}, as people chose it`}: ${words[was]}`,
  );
  return [
    `${hit.title.text} (${hit.outlet})`,
    `  ${watch}: ${reasonLine(hit.reasons)}; found ${found}`,
    ...(fates.length === 0 ? ['    in no digest'] : fates),
  ];
}
