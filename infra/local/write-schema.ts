/** Writes watch.schema.json, what editors complete and check the watch file with: `node infra/local/write-schema.ts`. */
import { writeFileSync } from 'node:fs';
import { watchSchema } from '../../shared/watch/watch-schema.ts';

const file = new URL('../../watch.schema.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(watchSchema(), null, 2)}\n`);
