/**
 * How DynamoDB counts what a request takes, on demand: DynamoDB Developer Guide, "Item sizes and formats" and "Read and write
 * operations". Pure: attribute values in, units out.
 */

/** An attribute as it goes over the wire. */
export interface Attribute {
  readonly S?: string | undefined;
  readonly N?: string | undefined;
  readonly B?: Uint8Array | undefined;
  readonly BOOL?: boolean | undefined;
  readonly NULL?: boolean | undefined;
  readonly L?: readonly Attribute[] | undefined;
  readonly M?: Attributes | undefined;
}

export type Attributes = Readonly<Record<string, Attribute>>;

/** Bytes of an item: the names of its attributes and what they hold. */
export function itemBytes(item: Attributes): number {
  let bytes = 0;
  for (const [name, attribute] of Object.entries(item)) bytes += Buffer.byteLength(name) + attributeBytes(attribute);
  return bytes;
}

function attributeBytes({ S, N, B, L, M }: Attribute): number {
  if (S !== undefined) return Buffer.byteLength(S);
  if (N !== undefined) return numberBytes(N);
  if (B !== undefined) return B.length;
  // Three for a list or a map, and one for each element.
  if (L !== undefined) return L.reduce((sum, each) => sum + attributeBytes(each) + 1, 3);
  if (M !== undefined) return Object.keys(M).length + 3 + itemBytes(M);
  return 1;
}

/** A byte for every two significant digits, and one; one more below zero. */
function numberBytes(number: string): number {
  const digits = number
    .replace(/e.*$/i, '')
    .replace(/[-.]/g, '')
    .replace(/^0+|0+$/g, '');
  return Math.ceil(digits.length / 2) + 1 + (number.startsWith('-') ? 1 : 0);
}

/**
 * Read request units of what one request reads: an item, one item of a batch, or a page of a query, whose sizes are summed
 * before they are rounded.
 *
 * @param bytes 0 when nothing was found, which is paid for all the same
 * @param consistent strongly; else half
 */
export function readUnits(bytes: number, consistent: boolean): number {
  return Math.max(1, Math.ceil(bytes / 4_096)) * (consistent ? 1 : 0.5);
}

/**
 * Write request units of one item.
 *
 * @param bytes the larger of what stood there and what is put; of a delete what stood there. A put whose condition failed
 *   is paid for like one that succeeded.
 */
export function writeUnits(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / 1_024));
}
