/** Writes one graph of each network that the compiler makes, weights and all, for `check_graphs.py`. Argument: an empty folder. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fillWeight } from '../src/domain/compile/fill-weight.ts';
import { tensor } from '../src/domain/onnx/build.ts';
import { writeModel } from '../src/domain/onnx/file.ts';
import { compiledNetworks } from '../src/testing/compiled-networks.ts';

const [folder = ''] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
for (const { name, compiled, tensors } of await compiledNetworks()) {
  const { model, weights, floatType } = compiled;
  const recipes = new Map(weights.map((recipe) => [recipe.name, recipe]));
  const initializers = await Promise.all(
    model.graph!.initializers.map(async (each) => {
      const recipe = recipes.get(each.name ?? '');
      if (!recipe) return each;
      const { buffer } = Uint8Array.from(await fillWeight(recipe, tensors, floatType));
      const values = floatType === 'float32' ? new Float32Array(buffer) : new Uint16Array(buffer);
      return tensor(recipe.name, recipe.shape, values);
    }),
  );
  const whole = { ...model, graph: { ...model.graph!, initializers } };
  writeFileSync(join(folder, `${name.replace(/[^\w.-]+/g, '-')}.onnx`), writeModel(whole));
}
