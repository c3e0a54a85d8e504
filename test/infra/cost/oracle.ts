/**
 * Holds the rules of capacity against Amazon's own DynamoDB Local, which needs Java and is not among the packages here. Where
 * one runs:
 *
 *   DYNAMODB_LOCAL=http://127.0.0.1:8000 node test/infra/cost/oracle.ts
 *
 * Without it this says so and does nothing. Ends with 1 when one request is counted otherwise than there.
 */
import { createMeter } from '../../../infra/cost/meter.ts';
import { meterClients } from '../../../infra/cost/meter-clients.ts';
import { awsClients } from '../../../shared/aws/clients.ts';
import { createTables } from '../../../shared/aws/create-tables.ts';
import { dynamoTable } from '../../../shared/aws/table.ts';
import { capacityTold, everyRequest } from './every-request.ts';

const endpoint = process.env.DYNAMODB_LOCAL;
if (endpoint === undefined) console.log('Left out: DYNAMODB_LOCAL names no DynamoDB Local to ask.');
else await ask(endpoint);

async function ask(server: string): Promise<void> {
  await createTables(server, ['oracle']);
  const clients = awsClients({ dynamodb: server, sqs: server, ses: server });
  const [meter, told] = [createMeter(), { readUnits: 0, writeUnits: 0 }];
  capacityTold(clients.dynamodb, told);
  meterClients(clients, meter);
  const table = dynamoTable(clients.dynamodb, 'oracle');
  for (const [name, prepare, request] of everyRequest) {
    await prepare?.(table);
    meter.reset();
    Object.assign(told, { readUnits: 0, writeUnits: 0 });
    await request(table);
    const { readUnits = 0, writeUnits = 0 } = meter.counts();
    const isSame = readUnits === told.readUnits && writeUnits === told.writeUnits;
    if (!isSame) process.exitCode = 1;
    const there = isSame ? 'the same there' : `there ${told.readUnits} read, ${told.writeUnits} written`;
    console.log(`${name}: ${readUnits} read, ${writeUnits} written, ${there}`);
  }
}
