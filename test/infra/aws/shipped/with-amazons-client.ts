/**
 * The shipped run once more, with Amazon's own runtime client (`aws-lambda-ric`) in the place of ours: `npm run
 * check:lambda-client`. Opt-in, and outside the lock file: it is fetched when asked for, and built from C++ where it is
 * installed. Where it cannot be had, the reason is printed and nothing is proved.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const version = '4.0.2';
const folder = mkdtempSync(join(tmpdir(), 'watchword-lambda-client-'));
try {
  const fetched = spawnSync('npm', ['install', '--prefix', folder, '--no-save', `aws-lambda-ric@${version}`], {
    encoding: 'utf8',
    timeout: 600_000,
  });
  if (fetched.status === 0) {
    const { status } = spawnSync('npx', ['vitest', 'run', 'test/infra/aws/shipped/shipped.test.ts'], {
      stdio: 'inherit',
      env: {
        ...process.env,
        LAMBDA_RUNTIME_CLIENT: join(folder, 'node_modules', 'aws-lambda-ric', 'index.mjs'),
      },
    });
    process.exitCode = status ?? 1;
  } else {
    console.log(`Left out: aws-lambda-ric ${version} cannot be installed here.`);
    console.log(fetched.error?.message ?? fetched.stderr.trim().split('\n').slice(0, 5).join('\n'));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
