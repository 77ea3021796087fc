import { safetensors, type WrittenTensor } from '../safetensors.ts';

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [from: number, to: number];
}

/** One safetensors file as several, `…-00001-of-00003.safetensors`, with their index. */
export function inShards(path: string, bytes: Buffer, count: number): [string, Buffer][] {
  const stem = path.replace(/\.safetensors$/, '');
  const fileName = (shard: number) => `${stem}-${number(shard + 1)}-of-${number(count)}.safetensors`;
  const tensors = tensorsOf(bytes);
  const shardOf = (at: number) => Math.floor((at * count) / tensors.length);
  const shards = Array.from({ length: count }, (_, shard): [string, Buffer] => {
    const own = tensors.filter((_tensor, at) => shardOf(at) === shard);
    return [fileName(shard), Buffer.from(safetensors(Object.fromEntries(own), { format: 'pt' }))];
  });
  const places = tensors.map(([name], at) => [name, fileName(shardOf(at)).split('/').at(-1)]);
  const index = { metadata: { total_size: bytes.length }, weight_map: Object.fromEntries(places) as object };
  return [...shards, [`${stem}.safetensors.index.json`, Buffer.from(JSON.stringify(index))]];
}

const number = (value: number) => String(value).padStart(5, '0');

function tensorsOf(bytes: Buffer): readonly (readonly [name: string, tensor: WrittenTensor])[] {
  const start = 8 + Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.toString('utf8', 8, start)) as Record<string, Entry>;
  return Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(
      ([
        name,
        {
          dtype,
          shape,
          data_offsets: [from, to],
        },
      ]) => [name, { dtype, shape, bytes: bytes.subarray(start + from, start + to) }],
    );
}
