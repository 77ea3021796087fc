/**
 * Half of the samplers (Euler and its kin) have timesteps between the whole numbers, and the reference hands them to the UNet as they are.
 * Exports take the timestep as an integer only because they were traced with one; what the graph computes with is a float. Cut off to
 * whole numbers, timesteps move the latents by 0.5 % of their deviation (measured), so the graph is told that its timestep is a float.
 */
import { AppError } from '../../domain/errors.ts';
import { field, fields, texts, type Range } from './protobuf.ts';

/** Numbers of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto: element types, and the tags of the fields that are read. */
const elementTypes = { float: 1, int32: 6, int64: 7 } as const;
const tags = {
  model: { graph: 7 },
  graph: { node: 1, input: 11 },
  input: { name: 1, type: 2, tensor: 1, elementType: 1 },
  node: { input: 1, output: 2, operator: 4, attribute: 5 },
  attribute: { integer: 3 },
} as const;

/** Calls `create` with the timestep declared as float; when the graph does not bear it, again as it was. `model` is left as it was. */
export async function withFloatTimestep<T>(model: Uint8Array, create: () => Promise<T>): Promise<T> {
  const places = integerTypes(model).map((at) => ({ at, declared: model[at]! }));
  if (places.length === 0) return create();
  const restore = () => places.forEach(({ at, declared }) => (model[at] = declared));
  for (const { at } of places) model[at] = elementTypes.float;
  try {
    return await create();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'session-failed') throw error;
    restore();
    return await create();
  } finally {
    restore();
  }
}

/** Where the bytes lie that make the timestep an integer: in the input's declaration, and in casts on its way to the first computation. */
function integerTypes(model: Uint8Array): readonly number[] {
  const graph = field(model, { start: 0, end: model.length }, tags.model.graph);
  const declaration = graph && declaredType(model, graph);
  if (!declaration || !isInteger(model, declaration)) return [];
  return [declaration.start, ...castsOf(model, graph)];
}

function declaredType(model: Uint8Array, graph: Range): Range | null {
  const { name, type, tensor, elementType } = tags.input;
  for (const input of fields(model, graph)) {
    if (input.number !== tags.graph.input || texts(model, input, name)[0] !== 'timestep') continue;
    return field(model, input, type, tensor, elementType);
  }
  return null;
}

/** Operators that give their first input on as it is. */
const shaping = new Set(['Cast', 'Expand', 'Identity', 'Reshape', 'Squeeze', 'Tile', 'Unsqueeze']);

/** Nodes are in the order of computation. */
function castsOf(model: Uint8Array, graph: Range): readonly number[] {
  const timesteps = new Set(['timestep']);
  const casts: number[] = [];
  for (const node of fields(model, graph)) {
    if (node.number !== tags.graph.node) continue;
    if (!timesteps.has(texts(model, node, tags.node.input)[0] ?? '')) continue;
    const operator = texts(model, node, tags.node.operator)[0] ?? '';
    const target =
      operator === 'Cast' ? field(model, node, tags.node.attribute, tags.attribute.integer) : null;
    if (!shaping.has(operator) || (target && !isInteger(model, target))) continue;
    if (target) casts.push(target.start);
    for (const output of texts(model, node, tags.node.output)) timesteps.add(output);
  }
  return casts;
}

function isInteger(model: Uint8Array, { start }: Range): boolean {
  const type = model[start];
  return type === elementTypes.int64 || type === elementTypes.int32;
}
